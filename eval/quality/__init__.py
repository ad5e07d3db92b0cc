"""How good the answers are: all figures of one run, with their intervals."""
