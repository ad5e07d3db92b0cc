"""KorQuAD 1.0 and SQuAD 1.1 or 2.0: one JSON file of articles, paragraphs and questions.

Source: the JSON layout of Rajpurkar et al. (2016, 2018); KorQuAD 1.0 shares that of SQuAD 1.1.
"""

from __future__ import annotations

from pathlib import Path

from eval.loaders.collecting import Collector
from eval.loaders.reading import Row, read_json, single_groups
from eval.retrieval_set import EvalQuestion, RetrievalSet

DEFAULT_SPLIT = "test"


def load_squad(path: Path, *, split: str = DEFAULT_SPLIT) -> RetrievalSet:
    """Read a file whose paragraphs become passages and whose question ids are kept.

    Passage ids are made of title and text, so a paragraph that is repeated is one passage; the
    underscores of titles are read as blanks. A question marked ``is_impossible`` has no relevant
    passage.

    Args:
        path: the JSON file.
        split: of all its questions; the format has none.

    Raises:
        InputError: naming the file and the line, or the place in the tree, that is broken.
    """
    collector = Collector()
    for article in read_json(path).rows("data"):
        add_article(collector, article, split)
    return collector.finish(path.name)


def add_article(collector: Collector, article: Row, split: str, *, id_prefix: str = "") -> None:
    """Gather the paragraphs of an article that have questions of our kind, and those questions.

    Args:
        collector: takes them.
        article: an object with ``title`` and ``paragraphs``.
        split: of the questions.
        id_prefix: start of the ids of the questions to keep; paragraphs that are left without
            any are passed over, unless it is empty.

    Raises:
        InputError: naming the place that is broken.
    """
    title = article.string_or_empty("title").replace("_", " ")
    for paragraph in article.rows("paragraphs"):
        rows = [row for row in paragraph.rows("qas") if row.string("id").startswith(id_prefix)]
        if rows or not id_prefix:
            passage_id = collector.add_text(title, paragraph.string("context"))
            for row in rows:
                collector.add_question(row.place, _question(row, passage_id, split))


def _question(row: Row, passage_id: str, split: str) -> EvalQuestion:
    answerable = not row.flag("is_impossible", default=False)
    given = row.rows("answers") if answerable and row.fields.get("answers") is not None else []
    return EvalQuestion(
        id=row.string("id"),
        text=row.string("question"),
        relevant=single_groups([passage_id] if answerable else []),
        answers=tuple(dict.fromkeys(answer.string("text") for answer in given)),
        answerable=answerable,
        split=split,
    )
