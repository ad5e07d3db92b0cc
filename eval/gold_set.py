"""Gold questions: the JSONL format, read and checked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from eval.matching import hits_every_group, squeeze

Split = Literal["tune", "test"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Exact words of a document that an answer rests on."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """One question with what is known of its answer.

    Attributes:
        must_include: groups; a right answer holds at least one alternative of each.
        must_not_include: a right answer holds none of these.
        evidence: empty for questions that the documents do not answer.
        history: earlier turns as ``role`` and ``content``.
        paraphrased: the question shares few content words with its evidence.
    """

    id: str
    question: str
    type: str
    answer: str
    must_include: tuple[tuple[str, ...], ...]
    must_not_include: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    history: tuple[Mapping[str, str], ...]
    answerable: bool
    paraphrased: bool
    split: Split


def read_gold(path: Path) -> list[GoldQuestion]:
    """Read a gold set, one JSON object a line.

    Raises:
        ValueError: naming the line that cannot be read.
    """
    questions = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                questions.append(_question(json.loads(line)))
            except (ValueError, KeyError, TypeError) as error:
                raise ValueError(f"{path.name}:{number}: {error!r}") from error
    return questions


def problems(questions: Sequence[GoldQuestion], documents: Mapping[str, str]) -> list[str]:
    """Return what is wrong with a gold set over documents given by file name; empty when sound."""
    found = []
    ids = [question.id for question in questions]
    found += [f"{i}: id가 겹칩니다" for i in sorted({i for i in ids if ids.count(i) > 1})]
    for question in questions:
        found += [f"{question.id}: {text}" for text in _problems(question, documents)]
    return found


def _problems(question: GoldQuestion, documents: Mapping[str, str]) -> list[str]:
    found = []
    if question.answerable != bool(question.evidence):
        found.append("answerable과 evidence가 맞지 않습니다")
    if question.answerable != bool(question.must_include):
        found.append("answerable과 must_include가 맞지 않습니다")
    for evidence in question.evidence:
        if evidence.quote not in documents.get(evidence.document, ""):
            found.append(f"{evidence.document}에 없는 인용입니다: {evidence.quote[:40]}")
    quotes = " ".join(evidence.quote for evidence in question.evidence)
    if question.answerable and not hits_every_group(quotes, question.must_include):
        found.append("must_include가 근거 문장에 없습니다")
    if not squeeze(question.question):
        found.append("질문이 비어 있습니다")
    return found


def _question(row: Mapping[str, Any]) -> GoldQuestion:
    evidence = tuple(Evidence(e.get("document", ""), e["quote"]) for e in row["evidence"])
    return GoldQuestion(
        id=row["id"],
        question=row["question"],
        type=row["type"],
        answer=row.get("answer", ""),
        must_include=tuple(tuple(group) for group in row["must_include"]),
        must_not_include=tuple(row.get("must_not_include", ())),
        evidence=evidence,
        history=tuple(turn for turns in row.get("history") or () for turn in _turns(turns)),
        answerable=row.get("answerable", bool(evidence)),
        paraphrased=row.get("paraphrased", False),
        split=row.get("split", "test"),
    )


def _turns(turn: Mapping[str, str]) -> list[Mapping[str, str]]:
    """Return the turn, or both turns where it is written as question and answer."""
    if "role" in turn:
        return [turn]
    return [
        {"role": "user", "content": turn["question"]},
        {"role": "assistant", "content": turn["answer"]},
    ]
