import pytest

from api.answer.answerer import Answerer
from api.answer.example_questions import ExampleQuestion, example_questions, related_questions
from api.answer.records import Answer
from retriever.live_index import LiveIndex

MADE = (
    ExampleQuestion("가는 무엇인가요?", "d1", "p1", 0, 0, 9),
    ExampleQuestion("나는 무엇인가요?", "d1", "p5", 4, 90, 99),
    ExampleQuestion("다는 무엇인가요?", "d2", "p9", 1, 10, 19),
)


@pytest.fixture(scope="module")
def examples(corpus_index: LiveIndex, answerer: Answerer) -> tuple[ExampleQuestion, ...]:
    retriever = corpus_index.current()
    return example_questions(retriever.store, retriever.analyzer, answerer.answer)


def test_each_example_is_answered_from_its_own_sentence(
    examples: tuple[ExampleQuestion, ...], answerer: Answerer, corpus_index: LiveIndex
) -> None:
    assert len(examples) >= 5
    for example in examples[:3]:
        first = answerer.answer(example.text).citations[0]
        assert first.document_id == example.document_id
        assert first.document_start < example.end
        assert example.start < first.document_end


def test_the_documents_take_turns(examples: tuple[ExampleQuestion, ...]) -> None:
    assert len({example.document_id for example in examples[:2]}) == 2
    assert len({example.text for example in examples}) == len(examples)


def test_what_is_not_answered_is_not_offered(corpus_index: LiveIndex, answerer: Answerer) -> None:
    retriever = corpus_index.current()
    refused = answerer.answer("내일 날씨는 맑을까요?")
    assert example_questions(retriever.store, retriever.analyzer, lambda _: refused) == ()


def test_no_more_are_tried_than_asked_for(corpus_index: LiveIndex, answerer: Answerer) -> None:
    tried: list[str] = []
    retriever = corpus_index.current()
    refused = answerer.answer("내일 날씨는 맑을까요?")

    def refuse(question: str) -> Answer:
        tried.append(question)
        return refused

    example_questions(retriever.store, retriever.analyzer, refuse, most_tried=3)
    assert len(tried) == 3


@pytest.mark.parametrize(
    ("places", "asked", "first"),
    [
        ([("d1", 3)], [], "나는 무엇인가요?"),
        ([("d1", 0)], [], "가는 무엇인가요?"),
        ([("d1", 0)], ["가는 무엇인가요"], "나는 무엇인가요?"),
        ([("d2", 8)], [], "다는 무엇인가요?"),
        ([], [], "가는 무엇인가요?"),
    ],
)
def test_the_nearest_questions_come_next(
    places: list[tuple[str, int]], asked: list[str], first: str
) -> None:
    assert related_questions(MADE, places, asked)[0] == first
    assert len(related_questions(MADE, places, asked, most=1)) == 1
