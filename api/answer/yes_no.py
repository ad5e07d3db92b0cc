"""예 or 아니요 before an answer, only where the documents leave no doubt of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from api.answer.claim import Claim, Reads, Stated, Told, claim_of
from api.answer.claim_fact import told_of
from api.answer.claim_figure import may_date, told_amount, told_date
from api.answer.selection import Candidate
from api.answer.spoken import SpokenSentence
from api.answer.wording import cleaned, without_label

_YES, _NO = "예", "아니요"
# Sentences that are read for a verdict, and for one that goes against it.
LOOKED_AT = 8
# A heading that names several gives none of them to what stands under it.
_SIBLINGS = re.compile(r"[가-힣A-Za-z](?:와|과|및|·|,)\s?[가-힣A-Za-z]")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether what is asked is so.

    Attributes:
        so: whether it is.
        place: of the sentence that says so.
    """

    so: bool
    place: tuple[str, int]


def verdict(question: str, ranked: Sequence[Candidate], reads: Reads) -> Verdict | None:
    """Return whether what a question asks is so, or None where it is not sure.

    Args:
        question: complete in itself.
        ranked: sentences that may be quoted, the likeliest answer first.
        reads: reads texts.
    """
    claim = claim_of(question, reads)
    if claim is None:
        return None
    read = [(candidate, _stated(candidate, reads)) for candidate in ranked[:LOOKED_AT]]
    found = [
        Verdict(told.so, candidate.place)
        for candidate, stated in read
        for told in _told(claim, stated)
    ]
    if len({one.so for one in found}) != 1:
        return None
    denied = not found[0].so and claim.date
    return None if denied and any(may_date(claim, stated) for _, stated in read) else found[0]


def with_verdict(chosen: Sequence[SpokenSentence], reads: Reads) -> list[SpokenSentence]:
    """Return what is said with 예 or 아니요 before it where that is sure.

    The sentence that says so comes first.
    """
    asked = chosen[0].asked if chosen else None
    if asked is None:
        return list(chosen)
    found = verdict(asked.question, asked.ranked, reads)
    if found is None:
        return list(chosen)
    telling = next((s for s in chosen if any(c.place == found.place for c in s.candidates)), None)
    if telling is None:
        candidate = next(c for c in asked.ranked if c.place == found.place)
        telling = SpokenSentence(cleaned(candidate.sentence.text), (candidate,))
    # A label of the document's own does not read behind 예; a subject that was added does.
    text = telling.text if telling.added else without_label(telling.text)
    said = replace(telling, text=text, opening=f"{_YES if found.so else _NO}, ")
    return [said, *(s for s in chosen if s is not telling)]


def _told(claim: Claim, stated: Stated) -> Iterator[Told]:
    if claim.amount is not None:
        amount = told_amount(claim, stated)
        if amount is not None:
            yield amount
        return
    if claim.date:
        dated = (told_date(claim, told) for told in told_of(claim, stated))
        yield from (told for told in dated if told is not None)
        return
    # 2015년보다, 대부분의: what limits the claim must stand there as well.
    limits = {f.key for f in claim.reading.figures}
    if limits <= {f.key for f in stated.own.figures}:
        yield from told_of(claim, stated)


def _stated(candidate: Candidate, reads: Reads) -> Stated:
    sentence, passage = candidate.sentence, candidate.passage
    above = [text for text in sentence.path if not _SIBLINGS.search(text)]
    texts = (candidate.hit.document.title, *above)
    earlier = [s for s in passage.sentences if s.end <= sentence.start and s.path == sentence.path]
    before = earlier[-1] if earlier else None
    same_item = before is not None and _on_one_line(candidate, before.end)
    return Stated(
        reads.reading(sentence.text),
        tuple(reads.reading(text) for text in texts),
        reads.reading(before.text) if before is not None and same_item else None,
    )


def _on_one_line(candidate: Candidate, end: int) -> bool:
    """Tell whether a sentence that ends at ``end`` stands in the same bullet."""
    passage = candidate.passage
    return "\n" not in passage.text[end - passage.start : candidate.sentence.start - passage.start]
