"""Questions with and without an answer, the latter made by taking the answering passages out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from api.answer.records import Turn
from eval.ablation.question_set import SetKind, guess_kind
from eval.gold_set import GoldQuestion, read_gold
from eval.in_process import read_documents
from eval.matching import includes
from eval.passage_documents import passage_documents
from eval.refusal_curve.left_out import answering
from eval.retrieval_set import EvalQuestion, RetrievalSet
from ingest.chunk import chunk
from ingest.errors import InputError
from ingest.names import readable_path
from ingest.records import Document

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class CurveQuestion:
    """A question as it is asked of some of the documents.

    Attributes:
        document_ids: the only documents that are searched; all where it is empty.
        answerable: whether these hold an answer.
        left_out: ids of passages that are not found, as they hold one.
    """

    id: str
    text: str
    history: tuple[Turn, ...]
    answerable: bool
    document_ids: tuple[str, ...] = ()
    left_out: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CurveSet:
    """Documents, and the questions asked of them."""

    documents: tuple[Document, ...]
    questions: tuple[CurveQuestion, ...]


def curve_set(
    path: Path,
    documents: Sequence[Path],
    split: str | None,
    limit: int | None,
    *,
    without_evidence: bool = False,
) -> CurveSet:
    """Read a question set of any kind.

    Gold questions say themselves which have no answer, unless their evidence is to be left out. Of
    any other set each question is asked twice: of all passages, and of those that neither answer
    it nor hold one of its answers.

    Args:
        path: its file or folder.
        documents: reports that gold questions are about.
        split: only this part, where given.
        limit: at most so many questions, spread evenly.
        without_evidence: ask gold questions twice too, only those that have an answer.

    Raises:
        NotFoundError: ``file_not_found``.
        InputError: when it cannot be read, or ``no_questions``.
    """
    kind = guess_kind(path)
    if kind is SetKind.GOLD:
        rows = [row for row in read_gold(path) if split in (None, row.split)]
        if without_evidence:
            rows = [row for row in rows if row.answerable]
        read = tuple(read_documents(documents))
        made_of = _twice if without_evidence else _once
        return CurveSet(read, tuple(made_of(_spread(rows, limit, path), read)))
    source = _read(kind, path)
    asked = [q for q in source.questions if q.answerable and split in (None, q.split)]
    made = passage_documents(source.passages)
    kept = _spread(asked, limit, path)
    pairs = (pair for question in kept for pair in _pair(question, made))
    return CurveSet(tuple(made.values()), tuple(pairs))


def _once(rows: Sequence[GoldQuestion], _documents: Sequence[Document]) -> Iterator[CurveQuestion]:
    for row in rows:
        history = tuple(
            Turn("user" if turn["role"] == "user" else "assistant", turn["content"])
            for turn in row.history
        )
        yield CurveQuestion(row.id, row.question, history, row.answerable)


def _twice(rows: Sequence[GoldQuestion], documents: Sequence[Document]) -> Iterator[CurveQuestion]:
    passages = [passage for document in documents for passage in chunk(document)]
    for row, whole in zip(rows, _once(rows, documents), strict=True):
        yield whole
        gone = answering(row, passages)
        yield replace(whole, id=f"{row.id}-", answerable=False, left_out=gone)


def _pair(question: EvalQuestion, made: dict[str, Document]) -> list[CurveQuestion]:
    answering = {name for group in question.relevant for name in group}
    left = tuple(
        document.id
        for name, document in made.items()
        if name not in answering and not any(includes(document.text, a) for a in question.answers)
    )
    whole = CurveQuestion(question.id, question.text, (), True)
    return [whole, CurveQuestion(f"{question.id}-", question.text, (), False, left)]


def _spread(rows: Sequence[Row], limit: int | None, path: Path) -> list[Row]:
    if not rows:
        raise InputError(
            "no_questions",
            f"이 질문 세트에 물을 질문이 없습니다: {readable_path(path)}",
            "질문 세트와 --split을 확인하세요.",
        )
    count = min(limit or len(rows), len(rows))
    return [rows[place * len(rows) // count] for place in range(count)]


def _read(kind: SetKind, path: Path) -> RetrievalSet:
    if kind is SetKind.SQUAD:
        from eval.loaders.squad import load_squad

        return load_squad(path)
    if kind is SetKind.TYDI:
        from eval.loaders.tydi import load_tydi

        return load_tydi(path)
    raise InputError(
        "usage",
        f"{kind} 형식에는 정답이 없어 거절을 잴 수 없습니다.",
        "gold, squad, tydi 형식의 질문 세트를 쓰세요.",
    )
