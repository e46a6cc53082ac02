"""Which units disclose, and what: features, estimator, training, the model store."""
