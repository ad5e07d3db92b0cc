"""Exact match of short answers after KorQuAD's normalisation.

Source: Lim, Kim & Lee, *KorQuAD1.0: Korean QA Dataset for Machine Reading Comprehension*
(2019), and its official evaluation script, version 1.0.
"""

from __future__ import annotations

import string
from collections.abc import Sequence

# Signs that the official script turns into blanks; other ASCII punctuation it takes out.
_BLANKED = "'\"《》<>〈〉()‘’"
_NORMALISED = str.maketrans(
    {**dict.fromkeys(string.punctuation, ""), **dict.fromkeys(_BLANKED, " ")}
)


def normalise_answer(text: str) -> str:
    """Return ``text`` as KorQuAD compares it: no punctuation, lower case, single blanks.

    Quotes, brackets and title marks become blanks, the rest of ASCII punctuation goes.
    """
    return " ".join(text.lower().translate(_NORMALISED).split())


def exact_match(prediction: str, answers: Sequence[str]) -> float:
    """Return 1 when the prediction equals any answer after normalisation, else 0.

    Raises:
        ValueError: when there are no answers.
    """
    if not answers:
        raise ValueError("no answers to compare with")
    wanted = {normalise_answer(answer) for answer in answers}
    return float(normalise_answer(prediction) in wanted)
