"""One sentence of an extractive answer, before it has markers."""

from __future__ import annotations

from dataclasses import dataclass

from api.answer.selection import Candidate


@dataclass(frozen=True, slots=True)
class SpokenSentence:
    """What is said and what it rests on.

    Attributes:
        text: without markers, one line.
        candidates: the sentences to cite behind it, in order; never empty.
        plain: the same without what was put in front of it, to fall back on, or
            empty where nothing was.
        added: words of ``text`` that stand not in those sentences but above them.
    """

    text: str
    candidates: tuple[Candidate, ...]
    added: tuple[str, ...] = ()
    plain: str = ""
