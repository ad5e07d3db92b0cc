"""Earlier turns: how much of them is looked at, and in what form."""

import time
from collections.abc import Sequence
from typing import Any

import pytest
from pydantic import ValidationError

from api.answer.records import Turn
from api.schemas import MOST_TURN_CHARS, TurnIn
from api.service import MOST_TURNS_USED
from api.text import clean_turn
from api.validation_text import korean_reason
from tests.api.conftest import Running

LONG = "한강의 수질과 조류 경보를 다룬 보고서의 내용을 모두 옮겨 적는다 " * 10_000


@pytest.fixture
def seen(server: Running, monkeypatch: pytest.MonkeyPatch) -> list[Turn]:
    """The turns that reach the answerer."""
    turns: list[Turn] = []
    answerer: Any = server.service._answerer
    original = answerer.stream

    def stream(question: str, *, history: Sequence[Turn], **rest: Any) -> Any:
        turns.extend(history)
        return original(question, history=history, **rest)

    monkeypatch.setattr(answerer, "stream", stream)
    return turns


def test_a_very_long_turn_costs_little(server: Running, seen: list[Turn]) -> None:
    began = time.perf_counter()
    server.service.answer("그건 몇 회야?", history=[Turn("user", LONG)])
    assert time.perf_counter() - began < 5
    (turn,) = seen
    assert len(turn.content) <= server.service.settings.max_question_chars
    assert LONG.startswith(turn.content)


def test_the_last_turns_are_looked_at(server: Running, seen: list[Turn]) -> None:
    said = [Turn("user", f"한강 {i}번 지점의 수질은?") for i in range(MOST_TURNS_USED + 5)]
    server.service.answer("그건 어때?", history=said)
    assert seen == said[5:]


def test_turns_are_cleaned_as_questions_are(server: Running, seen: list[Turn]) -> None:
    server.service.answer(
        "그건 어때?", history=[Turn("user", " \ud800\x1b[31m하\u11abㄱ\x07 수질? ")]
    )
    assert seen == [Turn("user", "한ㄱ 수질?")]


def test_marks_heaped_on_a_turn_cost_no_more() -> None:
    began = time.perf_counter()
    assert len(clean_turn("a" + "\u0301\u0323" * 200_000, 2000)) <= 2000
    assert time.perf_counter() - began < 2


def test_a_turn_of_any_sensible_length_is_taken() -> None:
    assert TurnIn(role="assistant", content="가" * MOST_TURN_CHARS)
    with pytest.raises(ValidationError) as caught:
        TurnIn(role="assistant", content="가" * (MOST_TURN_CHARS + 1))
    (error,) = caught.value.errors()
    assert korean_reason(error) == f"{MOST_TURN_CHARS}자 이하여야 합니다"
