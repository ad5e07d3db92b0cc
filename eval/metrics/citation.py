"""Whether what is cited supports what is said.

Source: Gao, Yen, Yu & Chen, *Enabling Large Language Models to Generate Text with Citations*
(ALCE, EMNLP 2023) and its published evaluation, with these stated changes: sentences are split as
Korean, a marker that a sentence repeats counts once, all of a sentence's markers count (ALCE looks
at the first three), and whether a text supports a statement is decided by a function passed in
(ALCE uses an English entailment model).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from eval.matching import is_evidence
from ingest.sentences import split_sentences

Supports = Callable[[str, str], bool]
"""Tells whether the first text, cited passages joined by line breaks, supports the second."""

_MARKER = re.compile(r"\[(\d+)\]")
_LEADING_MARKERS = re.compile(r"(?:\s*\[\d+\])+")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an answer and the texts that it cites.

    Attributes:
        text: the sentence without markers.
        cited: texts of the cited passages, each once.
        resolves: whether every marker of the sentence names a passage.
    """

    text: str
    cited: tuple[str, ...]
    resolves: bool = True


@dataclass(frozen=True, slots=True)
class CitationScores:
    """Citation quality of one answer.

    Attributes:
        recall: share of the statements that their citations support together, 0..1.
        precision: share of the citations that their statement needs, 0..1; 0 with none.
    """

    recall: float
    precision: float


def statements_of(answer: str, passages: Mapping[int, str]) -> tuple[Statement, ...]:
    """Cut an answer into sentences and look up what each cites.

    Args:
        answer: text with ``[n]`` markers before or behind the full stop.
        passages: text of the passage behind each marker number.
    """
    statements = []
    for line in answer.splitlines():
        for sentence in _sentences(line):
            markers = list(dict.fromkeys(int(number) for number in _MARKER.findall(sentence)))
            text = " ".join(_MARKER.sub("", sentence).split()).replace(" .", ".")
            if text:
                cited = tuple(passages[number] for number in markers if number in passages)
                statements.append(Statement(text, cited, len(cited) == len(markers)))
    return tuple(statements)


def citation_scores(statements: Sequence[Statement], supports: Supports) -> CitationScores:
    """Return ALCE's citation recall and precision of one answer.

    A statement is recalled when it cites something, every marker resolves and the cited texts
    together support it. A citation of a recalled statement is precise unless it alone does not
    support the statement while the others do without it; citations of a statement that is not
    recalled are not precise. As in ALCE, a statement with a marker that names nothing is not
    recalled, and its citations are not counted.

    ``recall = recalled / statements``, ``precision = precise / citations``.

    Args:
        statements: of one answer, at least one.
        supports: decides support; asked about joined texts, so it must take long ones.

    Raises:
        ValueError: when there are no statements; a refusal has no citation figure.
    """
    if not statements:
        raise ValueError("no statements to judge")
    usable = [statement for statement in statements if statement.resolves and statement.cited]
    recalled = [
        statement for statement in usable if supports(_joined(statement.cited), statement.text)
    ]
    precise = sum(_precise_count(statement, supports) for statement in recalled)
    count = sum(len(statement.cited) for statement in usable)
    return CitationScores(len(recalled) / len(statements), precise / count if count else 0.0)


def mean_citation_scores(scores: Sequence[CitationScores]) -> CitationScores:
    """Return the mean over answers, as ALCE reports it.

    Raises:
        ValueError: when there are no answers.
    """
    if not scores:
        raise ValueError("no mean of no answers")
    return CitationScores(
        sum(score.recall for score in scores) / len(scores),
        sum(score.precision for score in scores) / len(scores),
    )


def evidence_hit(quotes: Sequence[str], evidence: Sequence[str]) -> float:
    """Return 1 when any cited quote stands on any of the evidence sentences, else 0.

    Raises:
        ValueError: when there is no evidence.
    """
    return float(evidence_recall(quotes, evidence) > 0)


def evidence_recall(quotes: Sequence[str], evidence: Sequence[str]) -> float:
    """Return the share of the evidence sentences on which a cited quote stands, 0..1.

    A quote stands on a sentence when they share a run of at least half of the shorter one.

    Raises:
        ValueError: when there is no evidence.
    """
    if not evidence:
        raise ValueError("no evidence to look for")
    found = [any(is_evidence(quote, sentence) for quote in quotes) for sentence in evidence]
    return sum(found) / len(found)


def _sentences(line: str) -> list[str]:
    """Split a line; markers behind the full stop belong to the sentence before them."""
    sentences: list[str] = []
    for start, end in split_sentences(line, 0, len(line)):
        piece = line[start:end]
        leading = _LEADING_MARKERS.match(piece)
        if sentences and leading:
            sentences[-1] += leading[0]
            piece = piece[leading.end() :]
        if piece.strip():
            sentences.append(piece)
    return sentences


def _precise_count(statement: Statement, supports: Supports) -> int:
    if len(statement.cited) == 1:
        return 1
    return sum(_is_needed(statement, place, supports) for place in range(len(statement.cited)))


def _is_needed(statement: Statement, place: int, supports: Supports) -> bool:
    others = statement.cited[:place] + statement.cited[place + 1 :]
    alone = supports(statement.cited[place], statement.text)
    return alone or not supports(_joined(others), statement.text)


def _joined(texts: Sequence[str]) -> str:
    return "\n".join(texts)
