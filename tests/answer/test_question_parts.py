import pytest

from api.answer.question_parts import parts_of
from retriever.analysis import KoreanAnalyzer


@pytest.fixture(scope="module")
def analyzer() -> KoreanAnalyzer:
    return KoreanAnalyzer()


def queries(question: str, analyzer: KoreanAnalyzer) -> list[str]:
    return [part.query for part in parts_of(question, analyzer)]


def test_clauses_that_both_ask_are_asked_one_by_one(analyzer: KoreanAnalyzer) -> None:
    question = "보성 녹차밭의 면적은 얼마이고, 하동 야생차 축제는 몇 월에 열리나요?"
    assert queries(question, analyzer) == [
        "보성 녹차밭의 면적은 얼마이고",
        "하동 야생차 축제는 몇 월에 열리나요?",
    ]


def test_what_only_says_how_to_answer_is_no_part_of_the_question(
    analyzer: KoreanAnalyzer,
) -> None:
    question = "제주 해녀는 몇 명이고 강릉 어부는 몇 명인가요? 두 보고서를 모두 보고 답해 주세요."
    assert queries(question, analyzer)[-1] == "강릉 어부는 몇 명인가요?"


def test_a_later_clause_gets_the_subject_that_it_leaves_out(analyzer: KoreanAnalyzer) -> None:
    first, second = parts_of("해녀박물관은 어디에 있고 언제 문을 열었나요?", analyzer)
    assert "해녀박물관" in first.query
    assert "해녀박물관" in second.query
    assert second.words == "언제 문을 열었나요?"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        (
            "제주와 강릉은 각각 방문객이 몇 명인가요?",
            ["제주는 방문객이 몇 명인가요?", "강릉은 방문객이 몇 명인가요?"],
        ),
        (
            "국내 양봉 농가의 2020년 수와 2023년 수를 비교해 주세요.",
            [
                "국내 양봉 농가의 2020년 수",
                "국내 양봉 농가의 2023년 수",
            ],
        ),
        (
            "강릉 커피 축제가 처음 열린 해와, 전주 한지 축제를 여는 기관을 알려 주세요.",
            [
                "강릉 커피 축제가 처음 열린 해를 알려 주세요.",
                "전주 한지 축제를 여는 기관을 알려 주세요.",
            ],
        ),
        (
            "차를 기르는 농가와 배를 기르는 농가는 각각 언제 생겼고 몇 곳인가요?",
            [
                "차를 기르는 농가는 언제 생겼고 몇 곳인가요?",
                "배를 기르는 농가는 언제 생겼고 몇 곳인가요?",
            ],
        ),
        (
            "사과와 배를 기르는 농가는 어떻게 다른가요?",
            ["사과를 기르는 농가", "배를 기르는 농가"],
        ),
    ],
)
def test_each_of_two_things_is_asked_about(
    question: str, expected: list[str], analyzer: KoreanAnalyzer
) -> None:
    assert queries(question, analyzer) == expected


@pytest.mark.parametrize(
    "question",
    [
        "녹차밭의 면적은 얼마인가요?",
        "어떤 축제를 열고 있나요?",
        "농가가 얼마나 줄었는지 조사한 기관은 어디인가요?",
        "차와 커피를 함께 파는 곳은 어디인가요?",
        "무엇을 보고 결정했나요?",
        "면적",
        "?!",
        "",
    ],
)
def test_a_question_that_asks_one_thing_stays_whole(
    question: str, analyzer: KoreanAnalyzer
) -> None:
    assert parts_of(question, analyzer) == ()


def test_no_more_parts_than_three_are_asked(analyzer: KoreanAnalyzer) -> None:
    question = "축제는 언제 열리고, 어디서 열리고, 누가 열고, 왜 열고, 얼마가 드나요?"
    assert len(parts_of(question, analyzer)) == 3
