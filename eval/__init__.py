"""Gold questions, metrics, runs and benchmarks that drive the service from outside."""
