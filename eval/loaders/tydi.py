"""TyDi QA, gold passage task: its SQuAD-like JSON, JSONL exports of it, or a plain folder.

Source: Clark et al., *TyDi QA* (2020). Question ids begin with the language: ``korean-…``.
"""

from __future__ import annotations

from pathlib import Path

from eval.loaders.collecting import Collector
from eval.loaders.reading import Row, broken, read_json, read_lines, single_groups
from eval.loaders.squad import DEFAULT_SPLIT, add_article
from eval.retrieval_set import EvalPassage, EvalQuestion, RetrievalSet

_PASSAGES, _QUESTIONS = "passages.jsonl", "questions.jsonl"
_LINES_SUFFIX = ".jsonl"


def load_tydi(path: Path, *, language: str = "korean", split: str = DEFAULT_SPLIT) -> RetrievalSet:
    """Read one of three forms, told apart by the path.

    * a folder with ``passages.jsonl`` (``id``, ``title``, ``text``) and ``questions.jsonl``
      (``id``, ``question``, ``answers``, ``gold_passage_ids``, ``answerable``, ``split``); of
      several gold passages any one will do;
    * a ``.jsonl`` file with one question (``id``, ``title``, ``context``, ``question``,
      ``answers``) or one article (``paragraphs``) a line;
    * any other file: JSON as in SQuAD.

    Args:
        path: folder or file.
        language: first part of the ids to keep, for files; empty keeps all.
        split: of the questions of a file; a folder states its own.

    Raises:
        InputError: naming the file and line that is broken.
    """
    prefix = f"{language}-" if language else ""
    collector = Collector()
    if path.is_dir():
        _add_folder(collector, path)
    elif path.suffix == _LINES_SUFFIX:
        for row in read_lines(path):
            _add_line(collector, row, split, prefix)
    else:
        for article in read_json(path).rows("data"):
            add_article(collector, article, split, id_prefix=prefix)
    return collector.finish(path.name)


def _add_folder(collector: Collector, folder: Path) -> None:
    for row in read_lines(folder / _PASSAGES):
        passage = EvalPassage(row.string("id"), row.string_or_empty("title"), row.string("text"))
        collector.add_passage(row.place, passage)
    for row in read_lines(folder / _QUESTIONS):
        gold = frozenset(row.strings("gold_passage_ids"))
        question = EvalQuestion(
            id=row.string("id"),
            text=row.string("question"),
            relevant=(gold,) if gold else (),
            answers=row.strings("answers"),
            answerable=row.flag("answerable", default=bool(gold)),
            split=row.string_or_empty("split") or DEFAULT_SPLIT,
        )
        collector.add_question(row.place, question)


def _add_line(collector: Collector, row: Row, split: str, prefix: str) -> None:
    if "paragraphs" in row.fields:
        add_article(collector, row, split, id_prefix=prefix)
        return
    name = row.string("id")
    if name.startswith(prefix):
        passage_id = collector.add_text(row.string_or_empty("title"), row.string("context"))
        question = EvalQuestion(
            id=name,
            text=row.string("question"),
            relevant=single_groups([passage_id]),
            answers=_flat_answers(row),
            answerable=True,
            split=split,
        )
        collector.add_question(row.place, question)


def _flat_answers(row: Row) -> tuple[str, ...]:
    """Read ``{"text": [...]}``, as data set libraries export it, or ``[{"text": ...}]``."""
    answers = row.fields.get("answers")
    if isinstance(answers, dict):
        return Row(row.place, answers).strings("text")
    if isinstance(answers, list):
        return tuple(dict.fromkeys(answer.string("text") for answer in row.rows("answers")))
    if answers is None:
        return ()
    raise broken(row.place, "'answers'의 형식을 알 수 없습니다")
