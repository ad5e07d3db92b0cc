"""What each part of the retrieval is worth: every variant of it over one question set."""
