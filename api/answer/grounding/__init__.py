"""A sentence and the passages it cites in, a verdict on whether they say it out."""
