"""Ends of sentences told politely, with the real analyser, and in answers over a small report."""

from collections.abc import Callable

import pytest

from api.answer.answerer import Answerer
from api.answer.records import Turn
from api.answer.register import before_ending, better_polite, polite_ending, told_politely
from retriever.analysis import KoreanAnalyzer
from retriever.live_index import LiveIndex

REPORT = """굴 양식 산업 보고서

1. 현황

○ 굴 가공 업체는 통영에 모두 128개가 있음(통계청, 2024)
○ 굴 껍데기는 토양을 개량하는 비료의 원료로 쓰임
○ 굴 껍데기의 처리 비용을 줄이기 어려움
○ 굴연구소는 2021년 3월 새 종자를 발표함
○ 적조 예측 장비는 2027년 시범 보급 예정

2. 과제

□ 굴 산업 육성 3대 과제는 다음과 같음
  - 종자 개량을 지원함
  - 껍데기 재활용 확대
  - 수출 시장을 넓힘
"""


@pytest.fixture(scope="module")
def ask(indexed: Callable[[str, str], LiveIndex]) -> Answerer:
    return Answerer(indexed(REPORT, "굴.md").current)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # Verbs, adjectives, auxiliaries, 이다 in their nominal form.
        ("거점으로서 기대감을 더함", "거점으로서 기대감을 더합니다."),
        ("여러 분야에 적용됨.", "여러 분야에 적용됩니다."),
        ("또 하나의 변곡점임", "또 하나의 변곡점입니다."),
        ("한계가 있음", "한계가 있습니다."),
        ("비중이 가장 높음", "비중이 가장 높습니다."),
        ("물가 안정세가 이어짐", "물가 안정세가 이어집니다."),
        ("처리 비용을 줄임", "처리 비용을 줄입니다."),
        ("기반을 서둘러 갖추어야 함", "기반을 서둘러 갖추어야 합니다."),
        ("사례는 아직 많지 않음", "사례는 아직 많지 않습니다."),
        ("정부의 책임이 아님", "정부의 책임이 아닙니다."),
        # A tense that is told is kept.
        ("2019년 사업을 추진하였음", "2019년 사업을 추진하였습니다."),
        ("2019년 공장을 세웠다.", "2019년 공장을 세웠습니다."),
        ("내년에 보급하겠음", "내년에 보급하겠습니다."),
        ("2030년 두 배로 성장할 것으로 전망됨", "2030년 두 배로 성장할 것으로 전망됩니다."),
        # Plain endings.
        ("시장이 빠르게 성장한다.", "시장이 빠르게 성장합니다."),
        ("이를 디지털 병리라 부른다", "이를 디지털 병리라 부릅니다."),
        ("매우 중요한 과제이다.", "매우 중요한 과제입니다."),
        ("매우 중요한 과제다", "매우 중요한 과제입니다."),
        ("두 제도는 서로 다르다.", "두 제도는 서로 다릅니다."),
        ("예측이 쉽지 않다.", "예측이 쉽지 않습니다."),
        ("위법이 아니다.", "위법이 아닙니다."),
        ("통영은 굴의 고장이기도 하다.", "통영은 굴의 고장이기도 합니다."),
        # Stems that change.
        ("정확히 예측하기 어려움", "정확히 예측하기 어렵습니다."),
        ("새로운 시장을 만듦", "새로운 시장을 만듭니다."),
        ("유전체학의 발전을 이끎", "유전체학의 발전을 이끕니다."),
        ("관광객이 해마다 늚", "관광객이 해마다 늡니다."),
        ("통영까지의 거리가 멀다.", "통영까지의 거리가 멉니다."),
        ("지역마다 방식이 다름", "지역마다 방식이 다릅니다."),
        ("재료를 모아 집을 지음", "재료를 모아 집을 짓습니다."),
        ("짐을 배에 실음", "짐을 배에 싣습니다."),
        ("껍질의 색이 하얌", "껍질의 색이 하얗습니다."),
        # What stands behind stays behind.
        ("비중이 가장 높음(그림 3)", "비중이 가장 높습니다(그림 3)."),
        ("업체는 612개임 (2023년 기준).", "업체는 612개입니다 (2023년 기준)."),
        ("시장은 45억 원 규모임. (표 2)", "시장은 45억 원 규모입니다. (표 2)"),
        ("핵심은 속도임³⁾", "핵심은 속도입니다³⁾."),
        ("방안은 「혁신 방안」임.", "방안은 「혁신 방안」입니다."),
        ("그는 “시장이 커진다”는 말을 믿음", "그는 “시장이 커진다”는 말을 믿습니다."),
        ("이미 그렇게 하고 있습니다", "이미 그렇게 하고 있습니다."),
    ],
)
def test_a_certain_end_is_told_politely(analyzer: KoreanAnalyzer, text: str, told: str) -> None:
    assert told_politely(text, analyzer.tokens) == told
    assert told.startswith(before_ending(text))
    assert told_politely(told, analyzer.tokens) == told


@pytest.mark.parametrize(
    "text",
    [
        # Nouns, those that look like verbs among them.
        "큰 도움",
        "의료용 관리 시스템",
        "이용자의 어려움",
        "지역 주민의 책임",
        "시민의 삶",
        "시장의 움직임",
        "두 사람의 만남",
        "매출이 늘어날 것으로 기대",
        "정책 방향을 발표",
        "제도의 개선이 필요",
        "결과를 제시하는 것",
        "동쪽 이웃은 캐나다",
        "수도는 산토도밍고이다.",
        # No tense is told of what may be over.
        "2024년 9월 출범함",
        "정책 추진 방향을 발표함",
        "공장을 착공하였으며, 여기에 큰돈을 들임",
        "활용 수준이 낮은 것으로 나타남",
        "규제의 개선에 나서기로 함",
        "오랫동안 정밀한 분석을 뒷받침해 옴",
        "설비가 오래되어 뒤처짐",
        # Words of others, names of verbs and acts, questions, a heading.
        "그는 “시장이 커질 것임”",
        "그는 “시장이 커질 것임",
        "'변화를 이끌 것임",
        "예산을 늘리기 위함",
        "성장하다",
        "과연 그러한가?",
        "공지 알림",
        "다음의 다섯 가지임:",
        "",
        ".",
    ],
)
def test_an_uncertain_end_stays(analyzer: KoreanAnalyzer, text: str) -> None:
    assert told_politely(text, analyzer.tokens) == text
    assert polite_ending(text, analyzer.tokens(text)) == text


def test_a_text_too_long_to_be_read_whole_stays(analyzer: KoreanAnalyzer) -> None:
    text = f"{'시장이 크고 ' * 200}기술이 있음"
    assert told_politely(text, analyzer.tokens) == text


def test_nothing_is_read_where_the_end_is_no_predicate() -> None:
    def read(text: str) -> list[object]:
        raise AssertionError(text)

    assert told_politely("2019년 코스닥 상장", read) == "2019년 코스닥 상장"  # type: ignore[arg-type]


def test_an_answer_is_told_in_one_style_and_its_quote_as_it_stands(ask: Answerer) -> None:
    answer = ask.answer("통영의 굴 가공 업체는 몇 개인가요?")
    assert answer.text.splitlines()[-1].startswith("굴 가공 업체는 통영에 모두 128개가 있습니다(")
    assert answer.citations[0].quote == "굴 가공 업체는 통영에 모두 128개가 있음(통계청, 2024)"


@pytest.mark.parametrize(
    ("texts", "polite"),
    [
        (["한계가 있음", "예측이 어려움"], True),
        (["128개입니다.", "업체는 128개임", "시장 규모의 확대"], True),
        (["한계가 있음", "시장 규모의 확대"], False),
        (["한계가 있음", "2024년 9월 출범함"], False),
    ],
)
def test_an_answer_has_one_style_where_none_of_its_words_are_ours(
    analyzer: KoreanAnalyzer, texts: list[str], *, polite: bool
) -> None:
    assert better_polite(texts, analyzer.tokens) == polite


def test_items_of_a_list_stay(ask: Answerer) -> None:
    answer = ask.answer("굴 산업 육성 3대 과제는 무엇인가요?")
    assert [sentence.text for sentence in answer.sentences][1:] == [
        "- 종자 개량을 지원함",
        "- 껍데기 재활용 확대",
        "- 수출 시장을 넓힘",
    ]


def test_what_was_said_politely_is_not_said_again(ask: Answerer) -> None:
    question = "굴 껍데기는 어디에 쓰이나요?"
    first = ask.answer(question)
    assert "원료로 쓰입니다." in first.text
    history = [Turn("user", question), Turn("assistant", first.text)]
    assert "원료로 쓰" not in ask.answer("더 자세히 알려 줘", history=history).text
