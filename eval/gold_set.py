"""Gold questions: the JSONL format, read and checked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel

from eval.matching import squeeze
from eval.metrics.answer_correctness import holds
from eval.toml_file import checked
from ingest.errors import InputError, NotFoundError
from ingest.names import readable_path

Split = Literal["tune", "test"]

DEFAULT_GOLD = Path(__file__).parent / "gold" / "reports.jsonl"
"""Our own questions over ``corpus/``."""

_UNREADABLE = "gold_unreadable"
_MOST_SHOWN = 40


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


class _EvidenceRow(BaseModel):
    quote: str
    document: str = ""


class _Row(BaseModel):
    id: str
    question: str
    type: str
    must_include: list[list[str]]
    evidence: list[_EvidenceRow]
    answer: str = ""
    must_not_include: list[str] = []
    history: list[dict[str, str]] | None = None
    answerable: bool | None = None
    paraphrased: bool = False
    split: Split = "test"


def read_gold(path: Path) -> list[GoldQuestion]:
    """Read a gold set, one JSON object a line.

    Raises:
        NotFoundError: ``file_not_found``.
        InputError: ``gold_unreadable``, naming the line that cannot be read.
    """
    name = readable_path(path)
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (FileNotFoundError, IsADirectoryError) as error:
        raise NotFoundError(
            "file_not_found", f"질문 파일이 없습니다: {name}", "경로를 확인하세요."
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            _UNREADABLE, f"UTF-8로 읽을 수 없습니다: {name}", "UTF-8로 저장하세요."
        ) from error
    places = (f"{name} {number}번째 줄" for number in range(1, len(lines) + 1))
    return [
        _question(line, place) for line, place in zip(lines, places, strict=True) if line.strip()
    ]


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
    if not squeeze(question.question):
        found.append("질문이 비어 있습니다")
    if question.answerable != bool(question.evidence):
        found.append("answerable과 evidence가 맞지 않습니다")
    if question.answerable != bool(question.must_include):
        found.append("answerable과 must_include가 맞지 않습니다")
    if question.split not in get_args(Split):
        found.append(f"split은 tune이나 test여야 합니다: {question.split}")
    found += [text for e in question.evidence for text in _quote_problems(e, documents)]
    return found + _answer_problems(question)


def _quote_problems(evidence: Evidence, documents: Mapping[str, str]) -> list[str]:
    shown = evidence.quote[:_MOST_SHOWN]
    if evidence.document not in documents:
        return [f"없는 문서입니다: {evidence.document}"]
    count = documents[evidence.document].count(evidence.quote) if evidence.quote.strip() else 0
    if count == 0:
        return [f"{evidence.document}에 없는 인용입니다: {shown}"]
    return [f"{evidence.document}에 {count}번 나오는 인용입니다: {shown}"] if count > 1 else []


def _answer_problems(question: GoldQuestion) -> list[str]:
    quotes = " ".join(evidence.quote for evidence in question.evidence)
    if not question.answerable:
        return []
    return [
        f"must_include의 묶음이 근거 인용에 없습니다: {' / '.join(group)}"
        for group in question.must_include
        if not any(holds(quotes, wanted) for wanted in group)
    ] + [
        f"must_not_include의 말이 근거 인용에 있습니다: {unwanted}"
        for unwanted in question.must_not_include
        if holds(quotes, unwanted)
    ]


def _question(line: str, place: str) -> GoldQuestion:
    try:
        values = json.loads(line)
    except ValueError as error:
        raise InputError(
            _UNREADABLE, f"{place}: JSON으로 읽을 수 없습니다.", "한 줄에 객체 하나씩 적으세요."
        ) from error
    row = checked(values, _Row, place, _UNREADABLE)
    evidence = tuple(Evidence(e.document, e.quote) for e in row.evidence)
    turns = [turn for written in row.history or () for turn in _turns(written)]
    if not all({"role", "content"} <= turn.keys() for turn in turns):
        raise InputError(
            _UNREADABLE,
            f"{place}: history는 role과 content, 또는 question과 answer로 적어야 합니다.",
            "형식은 docs/evaluation.md에 있습니다.",
        )
    return GoldQuestion(
        id=row.id,
        question=row.question,
        type=row.type,
        answer=row.answer,
        must_include=tuple(tuple(group) for group in row.must_include),
        must_not_include=tuple(row.must_not_include),
        evidence=evidence,
        history=tuple(turns),
        answerable=bool(evidence) if row.answerable is None else row.answerable,
        paraphrased=row.paraphrased,
        split=row.split,
    )


def _turns(turn: Mapping[str, Any]) -> list[Mapping[str, str]]:
    """Return the turn, or both turns where it is written as question and answer."""
    if {"question", "answer"} <= turn.keys():
        return [
            {"role": "user", "content": turn["question"]},
            {"role": "assistant", "content": turn["answer"]},
        ]
    return [turn]
