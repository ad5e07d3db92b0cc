"""Question sets of others, one format a file, all read into ``eval.retrieval_set``."""
