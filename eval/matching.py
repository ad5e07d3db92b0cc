"""When an answer holds what it must, and when a quote is the evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

# A quote counts as the evidence when they share a run of at least half of the shorter one.
_SHARED_RUN = 0.5


def squeeze(text: str) -> str:
    """Return ``text`` without white space and commas, in lower case."""
    return re.sub(r"[\s,]+", "", text).lower()


def includes(text: str, wanted: str) -> bool:
    """Tell whether ``text`` holds ``wanted``; a number must stand alone (45억 is not in 845억)."""
    pattern = re.escape(squeeze(wanted))
    if pattern[:1].isdigit():
        pattern = rf"(?<!\d)(?<!\d\.){pattern}"
    if pattern[-1:].isdigit():
        pattern = rf"{pattern}(?!\d)(?!\.\d)"
    return bool(pattern) and re.search(pattern, squeeze(text)) is not None


def hits_every_group(text: str, groups: Sequence[Sequence[str]]) -> bool:
    """Tell whether ``text`` holds at least one alternative of each group."""
    return all(any(includes(text, wanted) for wanted in group) for group in groups)


def is_evidence(quote: str, evidence: str) -> bool:
    """Tell whether a cited quote and the gold evidence are the same place of the text."""
    a, b = squeeze(quote), squeeze(evidence)
    if not a or not b:
        return False
    if a in b or b in a:
        return True
    match = SequenceMatcher(None, a, b, autojunk=False).find_longest_match()
    return match.size >= _SHARED_RUN * min(len(a), len(b))
