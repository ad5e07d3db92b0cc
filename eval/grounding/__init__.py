"""How many inventions the checks of an answer catch, and how many faithful sentences they keep."""
