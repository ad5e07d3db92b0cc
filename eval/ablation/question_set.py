"""Question sets of every kind as documents to index and questions that judge what is found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from api.answer.records import Turn
from eval.evidence_passages import NOWHERE, EvidencePassages
from eval.gold_set import GoldQuestion, read_gold
from eval.in_process import read_documents
from eval.metrics.ranking import Relevance
from eval.passage_documents import passage_documents
from eval.retrieval_set import EvalQuestion, RetrievalSet
from ingest.errors import InputError, NotFoundError
from ingest.names import readable_path
from ingest.records import Document

_FIRST_LINE_BYTES = 1 << 20


class SetKind(StrEnum):
    """Format of a question set."""

    GOLD = "gold"
    SQUAD = "squad"
    TYDI = "tydi"
    BEIR = "beir"
    AUTORAG = "autorag"


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question that has an answer.

    Attributes:
        text: as it is asked; of a follow-up, the user's own words.
        history: earlier turns of the conversation.
        split: part of the set.
        quotes: evidence to find, where passages are judged by it.
        documents: groups of document ids to find, where documents are judged: every group is
            wanted, and any one id of a group will do.
    """

    id: str
    text: str
    history: tuple[Turn, ...]
    split: str
    quotes: tuple[str, ...] = ()
    documents: tuple[frozenset[str], ...] = ()


@dataclass(frozen=True, slots=True)
class AblationSet:
    """One question set, ready to be indexed and asked.

    Attributes:
        by_document: found items are documents; else passages that hold quotes.
    """

    kind: SetKind
    by_document: bool
    documents: tuple[Document, ...]
    questions: tuple[AskedQuestion, ...]

    def of_split(self, split: str) -> AblationSet:
        """Return all documents with the questions of one part.

        Raises:
            InputError: ``no_questions``, naming the parts there are.
        """
        chosen = tuple(q for q in self.questions if q.split == split)
        if not chosen:
            parts = ", ".join(sorted({q.split for q in self.questions}))
            raise InputError(
                "no_questions",
                f"'{split}' 부분에 답할 수 있는 질문이 없습니다.",
                f"이 질문 세트에 있는 부분: {parts}",
            )
        return AblationSet(self.kind, self.by_document, self.documents, chosen)

    def at_most(self, count: int) -> AblationSet:
        """Return all documents with ``count`` questions spread evenly over the set."""
        total = len(self.questions)
        places = (i * total // count for i in range(count)) if count < total else range(total)
        chosen = tuple(self.questions[place] for place in places)
        return AblationSet(self.kind, self.by_document, self.documents, chosen)


def relevance(question: AskedQuestion, evidence: EvidencePassages) -> Relevance:
    """Return what a question wants: documents, or for each quote the passages that hold it.

    Args:
        question: of an ``AblationSet``.
        evidence: over all passages that are searched.
    """
    held = [frozenset(evidence.holding(quote)) for quote in question.quotes]
    return [group or frozenset({NOWHERE}) for group in (*held, *question.documents)]


def load_set(kind: SetKind, path: Path, documents: Sequence[Path]) -> AblationSet:
    """Read a question set.

    Args:
        kind: its format.
        path: its file or folder.
        documents: reports that gold questions are about; the other formats bring their own.

    Raises:
        NotFoundError: ``file_not_found``.
        InputError: when it cannot be read, or ``no_questions`` where none has an answer.
        OperatorError: ``package_missing`` for a format that needs one.
    """
    if not path.exists():
        raise _missing(path)
    made = _gold(path, documents) if kind is SetKind.GOLD else _passages(kind, path)
    if not made.questions:
        raise InputError(
            "no_questions",
            f"답할 수 있는 질문이 없습니다: {readable_path(path)}",
            "질문 세트를 확인하세요.",
        )
    return made


def guess_kind(path: Path) -> SetKind:
    """Tell the format of a question set by the names and the first line of its files.

    Raises:
        NotFoundError: ``file_not_found``.
        InputError: ``set_kind_unclear``.
    """
    if not path.exists():
        raise _missing(path)
    found = _kind_of_folder(path) if path.is_dir() else _kind_of_file(path)
    if found is None:
        raise InputError(
            "set_kind_unclear",
            f"질문 세트의 형식을 알 수 없습니다: {readable_path(path)}",
            f"--kind에 {', '.join(SetKind)} 가운데 하나를 적으세요.",
        )
    return found


def _kind_of_folder(folder: Path) -> SetKind | None:
    marks = {
        "qrels": SetKind.BEIR,
        "qa.parquet": SetKind.AUTORAG,
        "questions.jsonl": SetKind.TYDI,
    }
    return next((kind for name, kind in marks.items() if (folder / name).exists()), None)


def _kind_of_file(path: Path) -> SetKind | None:
    if path.suffix == ".json":
        return SetKind.TYDI if "tydi" in path.name.lower() else SetKind.SQUAD
    if path.suffix != ".jsonl":
        return None
    with path.open("rb") as file:
        first = file.readline(_FIRST_LINE_BYTES).decode("utf-8", "replace")
    marks = {
        '"must_include"': SetKind.GOLD,
        '"context"': SetKind.TYDI,
        '"paragraphs"': SetKind.TYDI,
    }
    return next((kind for mark, kind in marks.items() if mark in first), None)


def _gold(path: Path, places: Sequence[Path]) -> AblationSet:
    questions = tuple(_of_gold(row) for row in read_gold(path) if row.evidence)
    return AblationSet(SetKind.GOLD, False, tuple(read_documents(places)), questions)


def _of_gold(row: GoldQuestion) -> AskedQuestion:
    quotes = tuple(evidence.quote for evidence in row.evidence)
    history = tuple(
        Turn("user" if turn["role"] == "user" else "assistant", turn["content"])
        for turn in row.history
    )
    return AskedQuestion(row.id, row.question, history, row.split, quotes=quotes)


def _passages(kind: SetKind, path: Path) -> AblationSet:
    source = _loader(kind)(path)
    documents = passage_documents(source.passages)
    ids = {name: document.id for name, document in documents.items()}
    questions = tuple(_of_passages(q, ids) for q in source.questions if q.answerable)
    return AblationSet(kind, True, tuple(documents.values()), questions)


def _of_passages(row: EvalQuestion, document_ids: Mapping[str, str]) -> AskedQuestion:
    groups = tuple(
        frozenset(document_ids[name] for name in group if name in document_ids)
        for group in row.relevant
    )
    return AskedQuestion(row.id, row.text, (), row.split, documents=groups)


def _loader(kind: SetKind) -> Callable[[Path], RetrievalSet]:
    if kind is SetKind.SQUAD:
        from eval.loaders.squad import load_squad

        return load_squad
    if kind is SetKind.TYDI:
        from eval.loaders.tydi import load_tydi

        return load_tydi
    if kind is SetKind.BEIR:
        from eval.loaders.beir import load_beir

        return load_beir
    from eval.loaders.autorag import load_autorag

    return load_autorag


def _missing(path: Path) -> NotFoundError:
    return NotFoundError(
        "file_not_found", f"질문 세트가 없습니다: {readable_path(path)}", "경로를 확인하세요."
    )
