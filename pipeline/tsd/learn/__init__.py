"""Human labels in and out: examples, training, evaluation, audit sheets."""
