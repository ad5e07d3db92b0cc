"""One sentence of an extractive answer, before it has markers."""

from __future__ import annotations

from dataclasses import dataclass

from api.answer.selection import Candidate

# What an item of a list begins with.
ITEM = "- "


@dataclass(frozen=True, slots=True)
class Asked:
    """What may be answered with yes or no.

    Attributes:
        question: complete in itself.
        ranked: the sentences that tell, the likeliest answer first.
    """

    question: str
    ranked: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class SpokenSentence:
    """What is said and what it rests on.

    Attributes:
        text: without markers, one line.
        candidates: the sentences to cite behind it, in order; never empty.
        plain: the same without what was put in front of it, to fall back on, or
            empty where nothing was.
        added: words of ``text`` that stand not in those sentences but above them.
        parts: where ``text`` joins what several rows say: the same said of each, one for every
            candidate, to be checked one by one.
        opening: words of ours before ``text``, which the documents bear out but do not say.
        asked: what it may be said to be so or not, or None.
        lead: the figure or date that ``text`` begins with as a sentence of its own, or nothing.
    """

    text: str
    candidates: tuple[Candidate, ...]
    added: tuple[str, ...] = ()
    plain: str = ""
    parts: tuple[str, ...] = ()
    opening: str = ""
    asked: Asked | None = None
    lead: str = ""
