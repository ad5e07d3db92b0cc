"""One spelling for characters that mean the same, for searching only.

Stored text keeps the author's characters; index and query go through this fold.
"""

from __future__ import annotations

import re
import unicodedata

_HALF_CHARACTERS = re.compile("[\ud800-\udfff]")
_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛`´＇′", "'"),
        **dict.fromkeys("“”„‟＂″", '"'),
        **dict.fromkeys("·•‧∙⋅・ㆍᆞ･", "·"),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **dict.fromkeys("～〜∼", "~"),
    }
)


def fold(text: str) -> str:
    """Return ``text`` lower-cased, in NFKC, with quotes, dots, dashes and tildes unified.

    The length may change: offsets into the result are not offsets into ``text``.
    """
    text = whole_characters(text)
    return unicodedata.normalize("NFKC", text.translate(_SAME)).translate(_SAME).lower()


def whole_characters(text: str) -> str:
    """Return ``text`` with half characters as U+FFFD: native code fails on lone surrogates."""
    return _HALF_CHARACTERS.sub("\ufffd", text)
