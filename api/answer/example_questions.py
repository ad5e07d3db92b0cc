"""Questions that the documents answer, made from them and tried out, to show people what to ask."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

from api.answer.question_templates import question_of
from api.answer.records import Answer
from retriever.analysis import KoreanAnalyzer
from retriever.passage_store import DocumentSummary, PassageStore

# A big corpus is shown by some of its documents, spread over all of them.
MOST_DOCUMENTS = 200
# Each takes an answer, some 30 ms: all together stay under two seconds.
MOST_TRIED = 32
# So many passages are read in all, the first of each document.
_MOST_PASSAGES = 600
# An answer this unsure is none to show off with.
_LEAST_CONFIDENCE = 0.3
# Multiples of it, without their whole part, fill the unit interval evenly.
_GOLDEN = 0.6180339887498949


@dataclass(frozen=True, slots=True)
class ExampleQuestion:
    """A question and the place that answers it.

    Attributes:
        text: in Korean.
        document_id, passage_id: where its answer stands.
        position: of the passage in its document.
        start, end: of the sentence in the document's text.
    """

    text: str
    document_id: str
    passage_id: str
    position: int
    start: int
    end: int


def example_questions(
    store: PassageStore,
    analyzer: KoreanAnalyzer,
    answer: Callable[[str], Answer],
    *,
    most_tried: int = MOST_TRIED,
) -> tuple[ExampleQuestion, ...]:
    """Make questions from the documents and keep those that are answered from their own place.

    The documents take turns, so that the first few are from different ones. The same index gives
    the same questions.

    Args:
        store: of the index generation.
        analyzer: of the same.
        answer: gives the answer to a question.
        most_tried: how many are tried out.
    """
    chosen = _chosen(store.summaries())
    most = max(1, _MOST_PASSAGES // max(1, len(chosen)))
    columns = [_spread_out(list(_made(store, d, analyzer, most))) for d in chosen]
    turns = (q for row in zip_longest(*columns) for q in row if q is not None)
    unique = {question.text: question for question in turns}
    tried = islice(unique.values(), most_tried)
    return tuple(question for question in tried if _is_answered(question, answer(question.text)))


def related_questions(
    examples: Sequence[ExampleQuestion],
    places: Sequence[tuple[str, int]],
    asked: Sequence[str] = (),
    *,
    most: int = 3,
) -> tuple[str, ...]:
    """Return the examples that stand nearest to what was just answered.

    Args:
        examples: of the same index generation.
        places: document and position of the passages that the answer cites.
        asked: questions that were asked already, and are not offered again.
        most: how many are returned.
    """
    known = {_plain(question) for question in asked}
    left = [e for e in examples if _plain(e.text) not in known]
    return tuple(e.text for e in sorted(left, key=lambda e: _distance(e, places))[:most])


def _distance(example: ExampleQuestion, places: Sequence[tuple[str, int]]) -> tuple[bool, int]:
    near = [
        abs(example.position - at) for document, at in places if document == example.document_id
    ]
    return not near, min(near, default=0)


def _plain(question: str) -> str:
    return "".join(c for c in question.lower() if c.isalnum())


def _chosen(summaries: Sequence[DocumentSummary]) -> list[DocumentSummary]:
    """Return some documents, the first ones far apart from one another."""
    searched = [s for s in summaries if s.replaced_by is None and s.passages]
    order = sorted(range(len(searched)), key=lambda place: place * _GOLDEN % 1)
    return [searched[place] for place in order[:MOST_DOCUMENTS]]


def _made(
    store: PassageStore, document: DocumentSummary, analyzer: KoreanAnalyzer, most: int
) -> Iterator[ExampleQuestion]:
    for passage in store.passages_of(document.id)[:most]:
        for sentence in passage.sentences:
            text = question_of(sentence, analyzer, document.title)
            if text:
                place = (passage.id, passage.position, sentence.start, sentence.end)
                yield ExampleQuestion(text, document.id, *place)


def _spread_out(questions: list[ExampleQuestion]) -> list[ExampleQuestion]:
    """Order questions so that kinds of question, and far places of the document, take turns."""
    by_ending: dict[str, list[ExampleQuestion]] = {}
    for question in questions:
        by_ending.setdefault(question.text.rsplit(" ", 2)[-2:][0], []).append(question)
    rows = zip_longest(*by_ending.values())
    return [question for row in rows for question in row if question is not None]


def _is_answered(question: ExampleQuestion, answer: Answer) -> bool:
    """Tell whether an answer leads with the sentence that the question was made from."""
    if not answer.answerable or answer.confidence < _LEAST_CONFIDENCE or not answer.citations:
        return False
    first = answer.citations[0]
    same = first.document_id == question.document_id
    return same and first.document_start < question.end and question.start < first.document_end
