"""Bounds that the command line and the HTTP API share."""

MOST_HITS = 50
"""Most passages that one question or search may look at."""
