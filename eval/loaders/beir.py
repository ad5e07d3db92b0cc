"""BEIR folders: ``corpus.jsonl``, ``queries.jsonl`` and ``qrels/<split>.tsv``.

Source: Thakur et al., *BEIR* (2021), and its guide to loading a data set of one's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from eval.loaders.collecting import Collector
from eval.loaders.reading import broken, read_lines, single_groups, text_lines
from eval.retrieval_set import EvalPassage, EvalQuestion, RetrievalSet
from ingest.errors import InputError

_CORPUS, _QUERIES, _QRELS = "corpus.jsonl", "queries.jsonl", "qrels"
_COLUMNS = 3

_Judgements = dict[str, tuple[str, list[str]]]


def load_beir(folder: Path, *, splits: Sequence[str] | None = None) -> RetrievalSet:
    """Read a folder; each passage judged above 0 is wanted, whatever its grade.

    Queries that no judgement names are left out, as BEIR does; one whose judgements are all 0
    is not answerable. The format has no answers.

    Args:
        folder: holds the two JSONL files and the folder of judgements.
        splits: names of the judgement files to read, without ``.tsv``; all when left out.

    Raises:
        InputError: naming the file and line that is broken, or the split that is missing.
    """
    collector = Collector()
    for row in read_lines(folder / _CORPUS):
        passage = EvalPassage(row.string("_id"), row.string_or_empty("title"), row.string("text"))
        collector.add_passage(row.place, passage)
    queries = _queries(folder / _QUERIES)
    for path in _judgement_files(folder, splits):
        for name, (place, relevant) in _judgements(path).items():
            if name not in queries:
                raise broken(place, f"{_QUERIES}에 없는 질문입니다: {name}")
            groups = single_groups(relevant)
            question = EvalQuestion(name, queries[name], groups, (), bool(groups), path.stem)
            collector.add_question(place, question)
    return collector.finish(folder.name)


def _queries(path: Path) -> dict[str, str]:
    queries: dict[str, str] = {}
    for row in read_lines(path):
        name = row.string("_id")
        if name in queries:
            raise broken(row.place, f"질문 id가 겹칩니다: {name}")
        queries[name] = row.string("text")
    return queries


def _judgement_files(folder: Path, splits: Sequence[str] | None) -> list[Path]:
    if splits is not None:
        return [folder / _QRELS / f"{split}.tsv" for split in splits]
    found = sorted((folder / _QRELS).glob("*.tsv"))
    if not found:
        raise InputError(
            "dataset_missing",
            f"판정 파일이 없습니다: {folder / _QRELS}",
            "qrels 폴더에 test.tsv 같은 파일이 있어야 합니다.",
        )
    return found


def _judgements(path: Path) -> _Judgements:
    """Return, by query, the place of its first line and the ids judged above 0."""
    found: _Judgements = {}
    for number, line in text_lines(path):
        place = f"{path.name}:{number}"
        columns = line.split("\t")
        if len(columns) != _COLUMNS:
            raise broken(place, "질문 id, 지문 id, 점수가 탭으로 나뉘어 있어야 합니다")
        query, passage, grade = (column.strip() for column in columns)
        if number == 1 and not _is_number(grade):
            continue  # the heading
        if not _is_number(grade):
            raise broken(place, f"점수가 수가 아닙니다: {grade}")
        _, relevant = found.setdefault(query, (place, []))
        if float(grade) > 0 and passage not in relevant:
            relevant.append(passage)
    return found


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
