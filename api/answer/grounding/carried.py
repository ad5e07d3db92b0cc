"""Whether what a sentence leaves unsaid is what its reader takes it to be about.

A sentence without a subject, with 이는, or with 매출 where its evidence says A사의 매출, is read as
one about what the sentence before it was about, and at the beginning of an answer about what was
asked. Its evidence must be about the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from api.answer.grounding.coverage import OtherNames, in_reading
from api.answer.grounding.evidence import Unit
from api.answer.grounding.figure import Figure
from api.answer.grounding.part import Part
from api.answer.grounding.phrases import (
    Phrase,
    is_kept,
    phrases_of,
    points_back,
    said_clauses,
    spoken_of,
)
from api.answer.grounding.reading import Reading
from api.answer.grounding.subject import rests_on
from api.answer.grounding.verdict import Problem
from api.answer.grounding.wording import wording
from api.answer.grounding.words import Word

# 신약 개발: 120억 원. What stands before the colon is what it is about.
_NAMED = re.compile(r"[^,:]{1,40}?\s?(?::|\s[—–-])\s")
_VERB_BETWEEN = re.compile(r"[되하있없었았였키][고며]\s")
_TOPIC = re.compile(r"[가-힣]?[은는]\s")


@dataclass(frozen=True, slots=True)
class Context:
    """What is read before a sentence.

    Attributes:
        asked: the question, or None.
        before: the last sentence of the answer that says what it is about, or None.
    """

    asked: Reading | None = None
    before: Reading | None = None

    @property
    def subject(self) -> tuple[Word, ...]:
        """What the answer is about so far: the last topic, or else the last subject."""
        if self.before is None:
            return ()
        phrases = phrases_of(self.before.words)
        topics = [p for p in phrases if _is_topic(p, self.before)]
        return (topics or phrases)[-1].words if phrases else ()

    def knows(self, words: Sequence[Word], names: OtherNames) -> bool:
        """Tell whether the question or the sentence before says some words."""
        texts = [text for text in (self.asked, self.before) if text is not None]
        return all(any(in_reading(w, text, names) for text in texts) for w in words)


def context_of(asked: Reading | None, said: Sequence[Reading]) -> Context:
    """Return the context of the next sentence.

    Args:
        asked: the question.
        said: the sentences of the answer so far, oldest first.
    """
    about = (reading for reading in reversed(said) if phrases_of(reading.words))
    return Context(asked, next(about, None))


def carried_problems(
    part: Part, unit: Unit, context: Context, names: OtherNames
) -> Iterator[Problem]:
    """Yield what a part with figures leaves to its context, and the context has otherwise."""
    if not part.reading.figures or _NAMED.match(part.reading.text):
        return
    for number, stated in enumerate(unit.segments):
        if number == 0 or (not unit.is_row and rests_on(part, unit.own, stated)):
            reach = unit.segments[number:]
            yield from _strays(
                part,
                () if unit.is_row else _lost(part, stated),
                reach,
                unit.previous,
                context,
                names,
            )


def _strays(
    part: Part,
    lost: Sequence[Phrase],
    reach: Sequence[Reading],
    before: Reading | None,
    context: Context,
    names: OtherNames,
) -> Iterator[Problem]:
    """Yield what a part is read to be about and a statement is not.

    Args:
        part: of the sentence.
        lost: subjects of the statement.
        reach: the statement and what stands above it.
        before: the sentence before it, which it may go on from.
        context: of the sentence.
        names: as ``coverage`` wants them.
    """
    own = phrases_of(spoken_of(part))
    unsaid = tuple(
        w for phrase in lost for w in phrase.words if not (w.bracketed or _says(part, w))
    )
    if not own or points_back(part.reading.text, *part.span) or unsaid:
        goes_on = [] if unsaid or before is None else [before]
        yield from _of_another([*reach, *goes_on], context, unsaid, names)
    heads = [p.head for p in lost if not _says(part, p.head) and (not own or _within(own, p))]
    if heads and not any(context.knows([head], names) for head in heads):
        yield Problem("subject_missing", heads[0].run)


def _within(own: Sequence[Phrase], lost: Phrase) -> bool:
    """Tell whether what a sentence speaks of only goes with what it leaves out: 태양의 수명."""
    modifiers = {w.key for w in lost.words[:-1]}
    return any(wording().same_as(phrase.head.key) & modifiers for phrase in own)


def _of_another(
    reach: Sequence[Reading], context: Context, unsaid: Sequence[Word], names: OtherNames
) -> Iterator[Problem]:
    """Yield the subject of the sentence before where the evidence does not speak of it."""
    strange = [w for w in context.subject if not any(in_reading(w, r, names) for r in reach)]
    if unsaid and not strange:
        strange = [w for w in context.subject if _is_of_other_clause(w, unsaid, reach, names)]
    if not strange or (unsaid and context.before and _in(unsaid, context.before, names)):
        return
    yield Problem("subject_missing", strange[0].run)


def _is_of_other_clause(
    word: Word, unsaid: Sequence[Word], reach: Sequence[Reading], names: OtherNames
) -> bool:
    """Tell whether only a clause with another subject names a word: A는 3%이고 B는 5%이다."""
    stated, *above = reach
    clauses = {w.clause for w in unsaid}
    spoken = [p for p in phrases_of(stated.words) if p.clause not in clauses]
    named = any(w.key == word.key for p in spoken for w in p.words)
    here = any(w.key == word.key for w in stated.words if w.clause in clauses)
    return named and not here and not any(in_reading(word, r, names) for r in above)


def _in(words: Sequence[Word], reading: Reading, names: OtherNames) -> bool:
    return all(in_reading(w, reading, names) for w in words)


def _lost(part: Part, stated: Reading) -> list[Phrase]:
    """Return the subjects of a statement's clauses with the part's figures.

    Of several subjects, of which the part keeps one, only that one counts, and the topic.
    """
    figures = {f.key for f in part.figures}
    telling = [f for f in stated.figures if f.key in figures]
    found: list[Phrase] = []
    for said, reach in said_clauses(part, stated):
        subjects = [p for p in said if any(_governs(p, f, stated) for f in telling)]
        if not subjects and reach == 0:  # what the first clause is about, all others go on from
            subjects = [p for p in said if _is_topic(p, stated)]
        if subjects:
            kept = [p for p in subjects if is_kept(p, part, reach) or _is_topic(p, stated)]
            found += kept or subjects
    return found


def _governs(phrase: Phrase, figure: Figure, stated: Reading) -> bool:
    """Tell whether a figure is said of a subject; not in 사업이 시작되고 비용을 절반 단축."""
    between = stated.text[phrase.head.end : figure.start]
    topic = _is_topic(phrase, stated)
    same = stated.clause_of(figure.start) == phrase.clause
    return same and (topic or not _VERB_BETWEEN.search(between))


def _is_topic(phrase: Phrase, reading: Reading) -> bool:
    return _TOPIC.match(reading.text, phrase.words[-1].end) is not None


def _says(part: Part, word: Word) -> bool:
    same = wording().same_as(word.key)
    return bool(same & part.reading.keys) or word.run in part.reading.squeezed
