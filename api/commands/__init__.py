"""The commands of ``geungeo``, one group a file."""
