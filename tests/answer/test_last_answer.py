"""What stands beside the last answer is preferred, over the real index."""

import pytest

from api.answer.answerer import Answerer
from api.answer.last_answer import beside_last
from api.answer.records import Turn
from api.answer.selection import Candidate, rank
from retriever.answer_kind import answer_kind
from retriever.live_index import LiveIndex

QUESTION = "대전의 강점은 무엇인가?"


@pytest.fixture(scope="module")
def ranked(corpus_index: LiveIndex) -> list[Candidate]:
    return rank(QUESTION, corpus_index.current().search(QUESTION), answer_kind(QUESTION))


def _in_order(ranked: list[Candidate], last: Candidate) -> list[Candidate]:
    own = [c for c in ranked if c.passage.document_id == last.passage.document_id]
    return sorted(own, key=lambda c: c.place)


def test_what_follows_the_last_answer_gains_most(ranked: list[Candidate]) -> None:
    last = ranked[0]
    order = _in_order(ranked, last)
    place = order.index(last)
    following, second = order[place + 1], order[place + 2]
    before = {c.place: c.score for c in ranked}
    after = {c.place: c.score for c in beside_last(ranked, f"{last.sentence.text} [1]")}
    gains = {at: after[at] / before[at] for at in before}
    assert gains[following.place] == max(gains.values())
    assert gains[following.place] > gains[second.place] > gains[last.place] > min(gains.values())
    assert sum(after.values()) == pytest.approx(1)


def test_the_likeliest_stays_first_in_the_list(ranked: list[Candidate]) -> None:
    scores = [c.score for c in beside_last(ranked, ranked[3].sentence.text)]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("told", ["", "[1]", "김치는 배추를 소금에 절여 담급니다."])
def test_an_answer_from_elsewhere_changes_nothing(ranked: list[Candidate], told: str) -> None:
    assert beside_last(ranked, told) == ranked


def test_nothing_found_stays_nothing() -> None:
    assert beside_last([], "석박사급 인력은 2.6만 명입니다.") == []


def test_who_asks_on_is_told_what_comes_next(answerer: Answerer) -> None:
    history = [
        Turn("user", "초기 바이오 스타트업이 AI 인프라를 들일 때 뭐가 문제야?"),
        Turn("assistant", "고성능 서버 인프라를 도입할 때 투자 부담을 안게 됩니다. [1]"),
    ]
    answer = answerer.answer("그걸 덜어주려면 어떻게 해야 좋을까?", history=history)
    assert "데이터센터" in answer.text
