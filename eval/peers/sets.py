"""Question sets as every system gets them: files to index, and questions that judge what is found.

* **By document**: a passage is a file of its own, its title as a heading above its text. What is
  found counts by its document; several items of one document are one, at the best place.
* **By quote**: whole reports. An item holds a quote of the evidence when at least half of the
  quote's characters stand in it in one run, white space and commas aside. A quote that the edge of
  a chunk cuts in two is thus held by the chunk that has the larger part, whoever made the cut.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from eval.gold_set import Evidence, GoldQuestion, read_gold
from eval.matching import squeeze
from eval.metrics.ranking import Judged
from eval.passage_documents import file_names, titled
from eval.peers.system import Found
from eval.retrieval_set import RetrievalSet
from ingest.errors import InputError
from ingest.load import find_files

SPLIT = "test"
# A quote cut in two has one part of at least this share; a lower one would let both parts count.
_HELD_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class PeerQuestion:
    """A question and how to judge what a system found for it.

    Attributes:
        judge: items, best first, to ranked ids and what of them is relevant.
    """

    id: str
    text: str
    judge: Callable[[Sequence[Found]], Judged]


@dataclass(frozen=True, slots=True)
class PeerSet:
    """One question set of the comparison.

    Attributes:
        name: short, fit for a folder.
        title: of its table, in Korean.
        by_quote: judged by quotes rather than by documents.
        files: text by name, as every system gets them.
        questions: those that are asked.
    """

    name: str
    title: str
    by_quote: bool
    files: Mapping[str, str]
    questions: tuple[PeerQuestion, ...]


def document_set(name: str, title: str, source: RetrievalSet) -> PeerSet:
    """Make a set judged by document of the answerable ``test`` questions of a retrieval set.

    Raises:
        InputError: ``no_questions`` when none is left.
    """
    names = file_names(source.passages)
    files = {names[p.id]: titled(p.title, p.text) for p in source.passages}
    questions = tuple(
        PeerQuestion(
            question.id,
            question.text,
            partial(
                judge_documents,
                wanted=tuple(frozenset(names[p] for p in group) for group in question.relevant),
            ),
        )
        for question in source.of_split(SPLIT).questions
        if question.answerable
    )
    return _checked(PeerSet(name, title, False, files, questions))


def quote_set(name: str, title: str, gold: Path, corpus: Path) -> PeerSet:
    """Make a set judged by quotes of the ``test`` questions of a gold file over reports.

    Questions that have an answer and no history are asked: the systems only search, so that none
    of them could know what a follow-up is about.

    Raises:
        InputError: ``no_questions`` when none is left, or what ``read_gold`` and ``find_files``
            raise.
    """
    rows = [row for row in read_gold(gold) if _is_asked(row)]
    files = {file.name: file.read_text("utf-8") for file in find_files([corpus])}
    questions = tuple(
        PeerQuestion(row.id, row.question, partial(judge_quotes, wanted=row.evidence))
        for row in rows
    )
    return _checked(PeerSet(name, title, True, files, questions))


def judge_documents(found: Sequence[Found], *, wanted: Sequence[frozenset[str]]) -> Judged:
    """Return the documents found, each at its best place, and the documents wanted."""
    return list(dict.fromkeys(item.document for item in found)), wanted


def judge_quotes(found: Sequence[Found], *, wanted: Sequence[Evidence]) -> Judged:
    """Return the places of the items, and for each quote the places that hold it.

    A quote that no item holds is a group of one id that is not ranked.
    """
    groups = [
        frozenset(str(place) for place, item in enumerate(found) if holds(item, evidence))
        or frozenset({f"missing {number}"})
        for number, evidence in enumerate(wanted)
    ]
    return [str(place) for place in range(len(found))], groups


def holds(item: Found, evidence: Evidence) -> bool:
    """Tell whether an item holds a quote of its document: half of it in one run."""
    if evidence.document not in {"", item.document}:
        return False
    text, quote = squeeze(item.text), squeeze(evidence.quote)
    run = max(1, -int(-len(quote) * _HELD_SHARE // 1))
    return any(quote[at : at + run] in text for at in range(len(quote) - run + 1))


def write_files(files: Mapping[str, str], folder: Path) -> list[Path]:
    """Write files into a new folder; return their paths in order."""
    folder.mkdir(parents=True)
    paths = [folder / name for name in files]
    for path in paths:
        path.write_text(files[path.name], encoding="utf-8")
    return paths


def _is_asked(row: GoldQuestion) -> bool:
    return row.split == SPLIT and row.answerable and not row.history


def _checked(made: PeerSet) -> PeerSet:
    if not made.questions:
        raise InputError(
            "no_questions",
            f"{made.title}: '{SPLIT}' 부분에 답할 수 있는 질문이 없습니다.",
            "질문 세트를 확인해 주세요.",
        )
    return made
