"""Answers written by a language model: the prompt in, checked-to-be sentences out."""
