"""Terminal escape sequences, which coloured output of a program leaves in a text."""

from __future__ import annotations

import re

# Colours and cursor movement, in seven and eight bits; titles and links, which end on their line.
# Whether one matches is settled by its own characters, so that a part of a text that begins and
# ends outside of them holds the same sequences as the whole.
ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b\n\r]*(?:\x07|\x1b\\)",
)
