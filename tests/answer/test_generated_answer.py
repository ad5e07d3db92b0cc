"""A model's sentences as cited parts of an answer, with the real search and the real check."""

import threading
from collections.abc import Iterator, Sequence

import pytest

from api.answer.answerer import Answerer
from api.answer.generated import Outcome
from api.answer.generated_answer import generate
from api.answer.generation.failure import NobodyWaitsError
from api.answer.generation.generator import Generated, Generator
from api.answer.generation.sentence_stream import RawSentence
from api.answer.grounding.current import CurrentGrounder
from api.answer.grounding.source import Source
from api.answer.records import Answer, AnswerPart, Turn
from retriever.live_index import LiveIndex
from tests.answer.generation.conftest import model_of, scripted
from tests.answer.generation.fake_server import FakeServer, Reply, running_fake

QUESTION = "신테카바이오는 언제 코스닥에 상장했나요?"
TRUE = "신테카바이오는 2019년 12월 코스닥에 상장했습니다"


class Writer:
    """Writes given sentences, and notes what it was told and whether it was stopped."""

    name = "openai:m"

    def __init__(self, *said: RawSentence) -> None:
        self.said = said
        self.closed = False
        self.left: threading.Event | None = None

    def stream(
        self,
        question: str,
        history: Sequence[Turn],
        sources: Sequence[Source],
        left: threading.Event | None = None,
    ) -> Iterator[RawSentence | Generated]:
        self.left = left
        try:
            yield from self.said
            yield Generated(None, cut=False, sources=tuple(sources))
        finally:
            self.closed = True


def parts_of(index: LiveIndex, writer: Writer) -> tuple[list[AnswerPart], Outcome]:
    retriever = index.current()
    hits = retriever.search(QUESTION).hits
    grounder = CurrentGrounder()(retriever)
    *parts, end = generate(writer, grounder, QUESTION, [], hits, None)
    assert isinstance(end, Outcome)
    return [part for part in parts if isinstance(part, AnswerPart)], end


def test_a_sentence_cited_again_keeps_its_number(corpus_index: LiveIndex) -> None:
    first, again = RawSentence(f"{TRUE}.", (1,)), RawSentence(f"{TRUE}", (1,), bullet=True)
    (one, two), end = parts_of(corpus_index, Writer(first, again))
    assert one.text == f"{TRUE}. [1]"
    assert two.text == f"\n- {TRUE} [1]"
    assert (len(one.citations), two.citations) == (1, ())
    quote = one.citations[0]
    assert quote.passage[quote.start : quote.end] == quote.quote
    assert "2019년 12월" in quote.quote
    assert end.dropped == 0


@pytest.mark.parametrize(
    "invented",
    [
        RawSentence("신테카바이오는 2018년 12월 코스닥에 상장했습니다.", (1,)),
        RawSentence(f"저는 {TRUE}.", (1,)),
        RawSentence(f"{TRUE}.", (1,), whole=False),
    ],
)
def test_what_is_dropped_takes_no_number(corpus_index: LiveIndex, invented: RawSentence) -> None:
    (part,), end = parts_of(corpus_index, Writer(invented, RawSentence(TRUE, (99,))))
    assert part.text == f"{TRUE} [1]"
    assert part.sentence.markers == (1,)
    assert end.dropped == 1


def test_closing_the_answer_stops_the_writer(corpus_index: LiveIndex) -> None:
    writer = Writer(RawSentence(f"{TRUE}.", (1,)), RawSentence("둘째 문장입니다.", (1,)))
    answerer = Answerer(corpus_index.current, generator=writer)  # type: ignore[arg-type]
    left = threading.Event()
    stream = answerer.stream(QUESTION, left=left)
    assert isinstance(next(stream), AnswerPart)
    assert not writer.closed
    stream.close()
    assert writer.closed
    assert writer.left is left


@pytest.fixture
def fake() -> Iterator[FakeServer]:
    with running_fake() as server:
        yield server


def test_what_waits_for_the_model_stops_when_nobody_waits(
    corpus_index: LiveIndex, fake: FakeServer
) -> None:
    fake.replies = [Reply("신테카", then="hang")]
    answerer = Answerer(corpus_index.current, generator=Generator(model_of(fake.url)))
    left = threading.Event()
    left.set()
    history = [Turn("user", QUESTION), Turn("assistant", TRUE)]
    for turns in ([], history):
        with pytest.raises(NobodyWaitsError):
            list(answerer.stream("그 회사는 언제 코스닥에 상장했어?", history=turns, left=left))


def test_the_parts_joined_are_the_answer(corpus_index: LiveIndex) -> None:
    model = scripted(f"{TRUE} [1]. 상장 첫날 412% 올랐습니다 [1].")
    *parts, last = Answerer(corpus_index.current, generator=Generator(model)).stream(QUESTION)
    assert isinstance(last, Answer)
    assert last.text == "".join(p.text for p in parts if isinstance(p, AnswerPart))
    assert last.text == f"{TRUE}. [1]"
    assert (last.model, last.dropped_sentences, last.fallback_reason) == ("scripted:1", 1, None)


def test_without_the_model_the_documents_own_words_are_given(corpus_index: LiveIndex) -> None:
    writer = Writer()
    answerer = Answerer(corpus_index.current, generator=writer)  # type: ignore[arg-type]
    plain = answerer.without_model()
    assert plain.answer(QUESTION).model == "extractive"
    assert not writer.closed  # it was not even asked
    assert plain.guide is answerer.guide


def test_the_first_extracted_sentence_is_given_before_the_next_is_checked(
    corpus_index: LiveIndex,
) -> None:
    grounder = CurrentGrounder()(corpus_index.current())
    checked: list[str] = []

    class Noting:
        def check(self, text: str, *more: object) -> object:
            checked.append(text)
            return grounder.check(text, *more)  # type: ignore[arg-type]

    answerer = Answerer(corpus_index.current, lambda _: Noting())  # type: ignore[arg-type, return-value]
    stream = answerer.stream("빅데이터 5대 전략에는 어떤 내용들이 포함되어 있나요?")
    next(stream)
    assert len(checked) == 1
    assert len(list(stream)) > 1
    assert len(checked) > 1
