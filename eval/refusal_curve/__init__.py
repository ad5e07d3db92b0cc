"""How well refusing tells questions with an answer from those without."""
