"""Figures of a run: each a pure function of what was asked, found and answered."""
