"""AutoRAG data sets: ``corpus.parquet`` and ``qa.parquet``.

Source: AutoRAG's description of its data set format. ``retrieval_gt`` is a list of lists, an
and-of-ors; a plain list means that each id is wanted, a plain string one id.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from eval.loaders.collecting import Collector
from eval.loaders.reading import Row, broken, single_groups
from eval.retrieval_set import EvalPassage, EvalQuestion, RetrievalSet
from ingest.errors import InputError, OperatorError

DEFAULT_SPLIT = "test"
_CORPUS, _QA = "corpus.parquet", "qa.parquet"
_CORPUS_COLUMNS = ("doc_id", "contents", "metadata")
_QA_COLUMNS = ("qid", "query", "retrieval_gt", "generation_gt")


def load_autorag(folder: Path, *, split: str = DEFAULT_SPLIT) -> RetrievalSet:
    """Read a folder with both files; needs ``pyarrow``.

    Args:
        folder: holds ``corpus.parquet`` and ``qa.parquet``.
        split: of all its questions; the format has none.

    Raises:
        InputError: when a file is missing or broken, naming the file and row (from 1).
        OperatorError: ``package_missing`` when ``pyarrow`` is not installed.
    """
    corpus = _parquet_rows(folder / _CORPUS, _CORPUS_COLUMNS)
    questions = _parquet_rows(folder / _QA, _QA_COLUMNS)
    return autorag_set(corpus, questions, split=split)


def autorag_set(
    corpus: Iterable[Mapping[str, Any]],
    questions: Iterable[Mapping[str, Any]],
    *,
    split: str = DEFAULT_SPLIT,
) -> RetrievalSet:
    """Return the set of rows that were read already.

    Args:
        corpus: ``doc_id``, ``contents`` and, where known, ``metadata`` with a ``title``.
        questions: ``qid``, ``query``, ``retrieval_gt`` and ``generation_gt``.
        split: of all questions.

    Raises:
        InputError: naming the file and row (from 1) that is broken.
    """
    collector = Collector()
    for number, fields in enumerate(corpus, start=1):
        row = Row(f"{_CORPUS}:{number}", fields)
        passage = EvalPassage(row.string("doc_id"), _title(row), row.string("contents"))
        collector.add_passage(row.place, passage)
    for number, fields in enumerate(questions, start=1):
        row = Row(f"{_QA}:{number}", fields)
        collector.add_question(row.place, _question(row, split))
    return collector.finish(_QA)


def _question(row: Row, split: str) -> EvalQuestion:
    relevant = _groups(row)
    answers = row.fields.get("generation_gt")
    return EvalQuestion(
        id=row.string("qid"),
        text=row.string("query"),
        relevant=relevant,
        answers=(answers,) if isinstance(answers, str) else row.strings("generation_gt"),
        answerable=bool(relevant),
        split=split,
    )


def _groups(row: Row) -> tuple[frozenset[str], ...]:
    value = row.fields.get("retrieval_gt")
    if isinstance(value, str):
        return single_groups([value])
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return single_groups(value)
    if not isinstance(value, list) or not all(_is_group(part) for part in value):
        raise broken(row.place, "'retrieval_gt'가 지문 id 목록의 목록이 아닙니다")
    return tuple(frozenset(group) for group in value if group)


def _is_group(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(part, str) for part in value)


def _title(row: Row) -> str:
    metadata = row.fields.get("metadata")
    if not isinstance(metadata, Mapping):
        return ""
    return Row(row.place, metadata).string_or_empty("title")


def _parquet_rows(path: Path, columns: tuple[str, ...]) -> list[Mapping[str, Any]]:
    parquet = _pyarrow_parquet()
    if not path.is_file():
        raise InputError(
            "dataset_missing",
            f"질문 세트 파일이 없습니다: {path}",
            f"폴더에 {_CORPUS}와 {_QA}가 있어야 합니다.",
        )
    try:
        table = parquet.read_table(path)
    except (OSError, ValueError, NotImplementedError) as error:  # bases of pyarrow's errors
        raise broken(path.name, "parquet 파일로 읽을 수 없습니다") from error
    rows: list[Mapping[str, Any]] = table.select(
        [name for name in columns if name in table.column_names]
    ).to_pylist()
    return rows


def _pyarrow_parquet() -> Any:
    try:
        return importlib.import_module("pyarrow.parquet")
    except ModuleNotFoundError as error:
        raise OperatorError(
            "package_missing",
            "AutoRAG 형식(parquet)을 읽는 데 필요한 pyarrow가 없습니다.",
            "pip install 'geungeo[eval]' 로 설치해 주세요.",
        ) from error
