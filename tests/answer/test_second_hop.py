from collections.abc import Sequence

import pytest

from api.answer.description import Description, description_in
from api.answer.second_hop import by_name, resolve_description
from api.answer.selection import Candidate, rank
from retriever.analysis import KoreanAnalyzer
from retriever.answer_kind import AnswerKind
from retriever.hit import SearchResult
from retriever.live_index import LiveIndex


@pytest.fixture(scope="module")
def analyzer() -> KoreanAnalyzer:
    return KoreanAnalyzer()


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (
            "감귤을 나르는 수레를 만든 회사는 어느 도시에서 시작했고",
            Description("감귤을 나르는 수레를 만든 회사", "어느 도시에서 시작했고"),
        ),
        ("감귤을 나르는 수레를 만든 회사는 어디이고", None),
        ("감귤을 나르는 배는 모두 몇 척이고", None),
        ("제주도는 어느 바다에 있고", None),
        ("감귤을 처음 들여온 제주도는 어느 바다에 있고", None),
        ("어느 도시에서 시작했고", None),
        ("", None),
    ],
)
def test_only_what_is_described_and_not_asked_for_is_looked_up(
    clause: str, expected: Description | None, analyzer: KoreanAnalyzer
) -> None:
    assert description_in(clause, analyzer) == expected


def test_what_is_described_is_found_under_its_name(corpus_index: LiveIndex) -> None:
    retriever = corpus_index.current()
    asked = []

    def search(text: str) -> SearchResult:
        asked.append(text)
        return retriever.search(text)

    clause = "이세돌을 바둑에서 이긴 인공지능을 만든 회사는 어느 나라에서 시작했고"
    described = resolve_description(clause, clause, retriever.analyzer, search)
    assert described is not None
    assert "딥마인드" in described.names
    assert asked == ["이세돌을 바둑에서 이긴 인공지능을 만든 회사"]
    named = "딥마인드는 어느 나라에서 시작했고"
    assert resolve_description(named, named, retriever.analyzer, search) is None
    assert len(asked) == 1


def test_what_is_asked_is_ranked_higher_once_the_name_is_known(corpus_index: LiveIndex) -> None:
    retriever = corpus_index.current()
    clause = "이세돌을 바둑에서 이긴 인공지능을 만든 회사는 어느 나라에서 시작했고"
    words = "언제 누구에게 팔렸나요?"
    described = resolve_description(clause, clause, retriever.analyzer, retriever.search)
    assert described is not None
    without = rank(words, retriever.search(f"{clause} {words}"), AnswerKind.TIME)
    found, result = by_name(described, words, without, retriever.search)

    def place(ranked: Sequence[Candidate]) -> int:
        return next(i for i, c in enumerate(ranked) if "2014년" in c.sentence.text)

    assert place(found) < place(without)
    assert result.query == " ".join([*described.names, words])
    assert {c.place for c in found} >= {c.place for c in without}
    assert sum(c.score for c in found) == pytest.approx(1.0)
