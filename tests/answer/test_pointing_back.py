"""Questions that point at words of the conversation: by number, by contrast, or further back."""

import pytest

from api.answer.follow_up import resolve, rewrite
from api.answer.records import Turn
from retriever.analysis import KoreanAnalyzer


def talk(*sayings: str) -> list[Turn]:
    return [Turn("assistant" if n % 2 else "user", text) for n, text in enumerate(sayings)]


TWO = ("대전 신약 회사 두 곳이 어디야?", "한빛약품과 두루제약입니다. [1]")
ONE_ASKED = (*TWO, "두루제약은 언제 상장했어?", "2019년입니다. [1]")


@pytest.mark.parametrize(
    ("history", "question", "whole"),
    [
        (ONE_ASKED, "나머지 한 곳은 어떤 약을 만들어?", "한빛약품은 어떤 약을 만들어?"),
        (ONE_ASKED, "나머지는?", "한빛약품은 언제 상장했어?"),
        (ONE_ASKED, "다른 하나는 어디 있어?", "한빛약품은 어디 있어?"),
        (
            ("누가 있어?", "다음과 같습니다.\n- 머크\n- 화이자", "머크는 뭐 해?", "약을 팝니다."),
            "나머지는?",
            "화이자는 뭐 해?",
        ),
        (TWO, "그 두 회사는 언제 생겼어?", "대전 신약 회사 한빛약품, 두루제약은 언제 생겼어?"),
        (
            ("육성 계획의 첫 번째가 뭐야?", "6대 유망업종에 쓰는 것입니다. [1]"),
            "그 여섯 개가 뭔지 알려줘",
            "육성 계획 6대 유망업종이 뭔지 알려줘",
        ),
        (
            ("육성 계획 알려줘", "- 전략 1: 6대 유망업종을 지원\n- 전략 2: 5대 기술을 개발"),
            "그 여섯 개가 뭔지 알려줘",
            "육성 계획 6대 유망업종이 뭔지 알려줘",
        ),
        (
            ("육성 계획 알려줘", "- 전략 1: 유망업종의 지원\n- 전략 2: 원천기술의 개발"),
            "두 번째는 누가 해?",
            "육성 계획 원천기술 개발은 누가 해?",
        ),
        (
            (
                "중국 정부가 까는 게 뭐야?",
                "신형 인프라입니다.",
                "한빛약품은 뭐 해?",
                "약을 팝니다.",
            ),
            "아까 말한 인프라에는 얼마 써?",
            "중국 정부 신형 인프라에는 얼마 써?",
        ),
        (
            ("정부가 AI 바이오 연구에 얼마 써?", "881억 원입니다."),
            "AI 말고 바이오 전체로 보면요?",
            "정부가 바이오 전체 연구에 얼마 써?",
        ),
        (
            ("미국 정부 예산은 얼마야?", "31억 달러입니다."),
            "일본 정부는요? 2022년 기준으로요",
            "2022년 기준으로 일본 정부 예산은 얼마야?",
        ),
        (
            ("구글은 바이오에서 뭘 해?", "암을 봅니다.", "애플은?", "시계를 팝니다."),
            "마이크로소프트는?",
            "마이크로소프트는 바이오에서 뭘 해?",
        ),
        (("미국 도입률은 얼마야?", "3.9%입니다."), "우리나라는?", "우리나라 도입률은 얼마야?"),
        (TWO, "언제 상장했어? 가온바이오 말이야", "가온바이오 언제 상장했어?"),
        (
            ("양봉 농가는 왜 늘었어?", "땅이 없어도 되기 때문입니다."),
            "사람은 몇 명이야? 전업 농민 말야",
            "양봉 농가에서 전업 농민은 몇 명이야?",
        ),
    ],
)
def test_what_is_pointed_at_is_named(
    analyzer: KoreanAnalyzer, history: tuple[str, ...], question: str, whole: str
) -> None:
    assert rewrite(question, talk(*history), analyzer) == whole


@pytest.mark.parametrize(
    "question",
    [
        "나머지 세 곳은 어디야?",
        "나머지 사람들은 왜 안 가?",
        "그 다섯 곳은 어디야?",
        "그 0개는 뭐야?",
    ],
)
def test_nothing_is_pointed_at_that_was_not_listed(analyzer: KoreanAnalyzer, question: str) -> None:
    assert resolve(question, talk(*ONE_ASKED), analyzer).method in {"topic", "more"}


@pytest.mark.parametrize(
    "question",
    [
        "그건 됐고, 가온바이오는 언제 상장했어?",
        "아 그리고 가온바이오는 누가 세웠어?",
        "가온바이오 그거 왜 난리야?",
        "다른 회사들이 만든 배양육 기술은 뭐야?",
        "서울 날씨는 어때?",
    ],
)
def test_a_new_subject_stays_alone(analyzer: KoreanAnalyzer, question: str) -> None:
    resolution = resolve(question, talk(*ONE_ASKED), analyzer)
    assert resolution.method == "as_is"
    assert not any(word in resolution.question for word in ("두루", "한빛", "신약"))


@pytest.mark.parametrize(
    "question", ["도입한 병원은 어디야?", "총사업비는 얼마야?", "공장장은 누구래?"]
)
def test_what_belongs_to_something_is_asked_of_what_was_spoken_of(
    analyzer: KoreanAnalyzer, question: str
) -> None:
    assert "배양육" in rewrite(question, talk("배양육이 뭐야?", "키운 고기입니다."), analyzer)


def test_an_aspect_gives_way_to_the_next(analyzer: KoreanAnalyzer) -> None:
    history = talk("머크사가 뭘 지어?", "약 공장입니다.", "공사비는?", "4억 원입니다.")
    assert rewrite("위치는?", history, analyzer) == "머크사 위치는?"
    assert rewrite("언제 끝나?", history, analyzer) == "머크사는 언제 끝나?"
