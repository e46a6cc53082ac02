"""Which units disclose, and what: features, estimator, stored model, component."""
