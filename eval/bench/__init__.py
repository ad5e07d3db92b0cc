"""Benchmarks of speed, size and memory, each beside a peer where one exists."""
