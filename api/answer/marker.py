"""Numbers in brackets, as ``[1]``: an answer cites with them, and so do many documents."""

from __future__ import annotations

import re

MARKER = re.compile(r"\[\d+\]")
# With the space before it, where what stays is one sentence or message.
SPACED_MARKER = re.compile(rf"\s*{MARKER.pattern}")
