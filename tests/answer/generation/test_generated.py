"""Nothing unchecked comes through, with the real check and models that say what they want."""

import re
import threading
from collections.abc import Iterator, Sequence

import pytest

from api.answer.generated import CheckedSentence, Outcome, stream_checked
from api.answer.generation.generator import Generated, Generator
from api.answer.generation.prompt import ANSWER_PROMPT, REFUSAL, system_words
from api.answer.generation.sentence_stream import RawSentence
from api.answer.grounding.grounder import Grounder
from api.answer.grounding.source import Source
from api.answer.records import Turn
from tests.answer.generation.conftest import SOURCES, model_of, scripted
from tests.answer.generation.fake_server import FakeServer, Reply

QUESTION = "한강의 평균 수온은 몇 도인가요?"
TRUE = "한강의 평균 수온은 2023년에 14.2도로 측정되었습니다 [1]."
ALSO_TRUE = "조류 경보는 모두 17회 발령되었습니다 [2]."


def run(generator: Generator, grounder: Grounder) -> tuple[list[CheckedSentence], Outcome]:
    *said, end = stream_checked(generator, grounder, QUESTION, [], SOURCES)
    assert isinstance(end, Outcome)
    return [item for item in said if isinstance(item, CheckedSentence)], end


def says(text: str, grounder: Grounder) -> tuple[list[CheckedSentence], Outcome]:
    return run(Generator(scripted(text)), grounder)


def test_true_sentences_come_through_with_their_markers(grounder: Grounder) -> None:
    said, end = says(f"{TRUE} {ALSO_TRUE}", grounder)
    assert [(s.verdict.markers, s.verdict.supported) for s in said] == [((1,), True), ((2,), True)]
    assert end == Outcome(dropped=0, usage=None, failure=None, refused=False)


@pytest.mark.parametrize(
    "invented",
    [
        "한강의 평균 수온은 2023년에 15.2도로 측정되었습니다 [1].",
        "한강의 평균 수온은 2022년에 14.2도로 측정되었습니다 [1].",
        "조류 경보는 모두 170회 발령되었습니다 [2].",
        "예산은 3조 원입니다.",
        "한강은 아름다운 강입니다 [9].",
        "The water was 14.2 degrees [1].",
    ],
)
def test_inventions_are_dropped_and_counted(grounder: Grounder, invented: str) -> None:
    said, end = says(f"{invented} {TRUE}", grounder)
    assert [s.sentence.text for s in said] == [TRUE.replace(" [1]", "")]
    assert (end.dropped, end.refused) == (1, False)


def test_a_refusal_is_told_and_what_follows_it_is_not(grounder: Grounder) -> None:
    said, end = says(f"{REFUSAL} {TRUE}", grounder)
    assert (said, end.refused, end.dropped, end.failure) == ([], True, 0, None)


def test_a_refusal_after_an_answer_is_left_out(grounder: Grounder) -> None:
    said, end = says(f"{TRUE} {REFUSAL}", grounder)
    assert (len(said), end.refused, end.dropped) == (1, False, 0)


def test_the_rules_are_not_revealed(grounder: Grounder) -> None:
    rules = system_words(ANSWER_PROMPT)
    said, end = says(re.sub(r"(?m)\n", " [1]\n", rules), grounder)
    assert said == []
    assert end.dropped > 5


def test_a_failure_is_told_with_what_was_said_before_it(
    grounder: Grounder, fake: FakeServer
) -> None:
    fake.replies = [Reply(f"{TRUE}\n수온은 15", then="hang")]
    said, end = run(Generator(model_of(fake.url, timeout_seconds=2.0)), grounder)
    assert [s.sentence.text for s in said] == [TRUE.replace(" [1]", "")]
    assert (end.failure, end.usage, end.refused) == ("timeout", None, False)


def test_usage_arrives(grounder: Grounder, fake: FakeServer) -> None:
    fake.replies = [Reply(TRUE)]
    _, end = run(Generator(model_of(fake.url)), grounder)
    assert end.usage is not None
    assert (end.usage.prompt_tokens, end.usage.completion_tokens) == (100, 20)


def test_a_model_in_a_loop_is_stopped(grounder: Grounder, fake: FakeServer) -> None:
    fake.replies = [Reply(then="on")]
    said, end = run(Generator(model_of(fake.url)), grounder)
    assert len(said) <= 1
    assert end.failure is None
    assert fake.client_left.wait(10)


class Watched:
    """Writes two sentences and notes how far it was asked."""

    name = "watched"

    def __init__(self) -> None:
        self.log: list[str] = []

    def stream(
        self,
        question: str,
        history: Sequence[Turn],
        sources: Sequence[Source],
        left: threading.Event | None = None,
    ) -> Iterator[RawSentence | Generated]:
        try:
            self.log.append("first")
            yield RawSentence(TRUE.replace(" [1]", ""), (1,))
            self.log.append("second")
            yield RawSentence(ALSO_TRUE.replace(" [2]", ""), (2,))
        finally:
            self.log.append("closed")


def test_a_sentence_is_let_go_before_the_next_is_written(grounder: Grounder) -> None:
    writer = Watched()
    stream = stream_checked(writer, grounder, QUESTION, [], SOURCES)
    assert isinstance(next(stream), CheckedSentence)
    assert writer.log == ["first"]
    stream.close()
    assert writer.log == ["first", "closed"]
