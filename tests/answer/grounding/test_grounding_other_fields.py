"""What a sceptic would try with figures that stand in the evidence, in other fields."""

import pytest

from api.answer.grounding.grounder import Grounder
from tests.answer.grounding.conftest import Sources, made

ALL = (1, 2, 3)

FISHERY = """# 연근해 어업 실태

## 어획과 소득
- 동해안의 오징어 어획량은 2021년 6만 1천 톤에서 2023년 2만 3천 톤으로 감소함
- 농가 소득은 연평균 5,290만 원이며, 이 가운데 양식 소득이 전체의 38%를 차지함
- 수산물 수출은 전년 대비 12% 증가하였고, 수입은 4% 감소함
- 남해안의 양식장은 2018년 이후 해마다 늘고 있음
- 어선 사고는 선령 20년 이상의 어선에서 61%가 발생함
"""
LIBRARY = """# 공공도서관 이용 조사

## 이용자
시립도서관의 대출 권수는 연간 84만 권으로 집계되었다.
어린이 자료실이 31%, 디지털 자료실이 9%를 차지한다.
이용자 만족도는 72점에서 81점으로 올랐다. 야간 개관은 2019년까지 다섯 곳에서 시행되었다.
구립도서관은 시립도서관보다 1인당 예산이 많으며, 그 예산은 약 2만 4천 원이다.
사서 한 명이 맡는 주민은 9,300명이 넘는다.
"""
RAILWAY = """# 철도 안전 백서

## 사고와 투자
- 건널목 사고가 15건으로 가장 많고, 차량 고장이 11건으로 두 번째로 많음
  · 신호 설비의 개량은 노후 구간부터 진행됨
- 정시 운행률은 고속철도 97.4%, 일반철도 93.1%로 나타남
- 철도공단은 안전 설비에 1조 2,000억 원을 투자할 계획임
- 안전 인력의 비율은 2022년보다 3%p 높아짐
"""


@pytest.fixture(scope="module")
def fields() -> Sources:
    return made(FISHERY, LIBRARY, RAILWAY)


@pytest.mark.parametrize(
    "text",
    [
        "동해안 오징어 어획량은 2021년 61,000톤에서 2023년 23,000톤으로 줄었습니다.",
        "농가의 연평균 소득은 5,290만 원입니다.",
        "양식 소득이 전체의 38%를 차지합니다.",
        "수산물 수출은 작년 대비 12% 늘었고, 수입은 4% 줄었습니다.",
        "남해안 양식장은 2018년부터 매년 늘고 있습니다.",
        "시립도서관의 대출 권수는 연간 84만 권입니다.",
        "어린이 자료실이 31%, 디지털 자료실이 9%를 차지합니다.",
        "이용자 만족도는 72점에서 81점으로 올랐습니다.",
        "사서 한 명이 맡는 주민은 9,300명을 넘습니다.",
        "정시 운행률은 고속철도가 97.4%, 일반철도가 93.1%입니다.",
        "철도공단은 안전 설비에 1.2조 원을 투자할 계획입니다.",
        "건널목 사고가 15건으로 가장 많습니다.",
        "안전 인력의 비율은 2022년보다 3%p 높아졌습니다.",
    ],
)
def test_a_figure_of_its_subject_passes(text: str, grounder: Grounder, fields: Sources) -> None:
    verdict = grounder.check(text, ALL, fields)
    assert verdict.supported, verdict.problems


@pytest.mark.parametrize(
    "text",
    [
        # Another subject: of a neighbour, of nowhere, of a part for the whole.
        "우리나라가 15건으로 가장 많습니다.",
        "구립도서관의 대출 권수는 연간 84만 권입니다.",
        "신호 설비의 개량은 15건으로 가장 많습니다.",
        "일본의 경우 정시 운행률은 고속철도 97.4%입니다.",
        "서해안에서는 오징어 어획량이 2023년 2만 3천 톤으로 감소했습니다.",
        "안전 설비는 철도공단에 1조 2,000억 원을 투자할 계획입니다.",
        "대기업의 경우 수산물 수출은 전년 대비 12% 증가했습니다.",
        # Two figures of the sentence exchanged, or one moved to another year or thing.
        "어린이 자료실이 9%, 디지털 자료실이 31%를 차지합니다.",
        "동해안의 오징어 어획량은 2021년 2만 3천 톤에서 2023년 6만 1천 톤으로 증가했습니다.",
        "동해안의 오징어 어획량은 2021년 2만 3천 톤입니다.",
        "정시 운행률은 고속철도 93.1%로 나타났습니다.",
        "이용자 만족도는 81점에서 72점으로 내렸습니다.",
        # Rank and trend.
        "차량 고장이 11건으로 가장 많습니다.",
        "건널목 사고가 15건으로 두 번째로 많습니다.",
        "수산물 수출은 전년 대비 12% 감소했습니다.",
        # What it changed by, and what it changed to.
        "수산물 수출은 전년 대비 12%로 증가했습니다.",
        "동해안의 오징어 어획량은 2023년 2만 3천 톤으로 증가했습니다.",
        # Units, magnitudes, points.
        "철도공단은 안전 설비에 1억 2,000만 원을 투자할 계획입니다.",
        "철도공단은 안전 설비에 1조 2,000억 달러를 투자할 계획입니다.",
        "안전 인력의 비율은 2022년보다 3% 높아졌습니다.",
        "시립도서관의 대출 권수는 연간 84만 명입니다.",
        # Bounds, exactness, sides of a date.
        "어선 사고는 선령 20년 이하의 어선에서 61%가 발생합니다.",
        "사서 한 명이 맡는 주민은 9,300명에 못 미칩니다.",
        "구립도서관의 1인당 예산은 2만 4천 원입니다.",
        "남해안의 양식장은 2018년 이전 해마다 늘고 있습니다.",
        "야간 개관은 2019년부터 다섯 곳에서 시행되었습니다.",
        # What a figure is reckoned by, or a share of.
        "농가 소득은 월평균 5,290만 원입니다.",
        "시립도서관의 대출 권수는 월간 84만 권입니다.",
        "수산물 수출은 전월 대비 12% 증가했습니다.",
        "양식 소득이 수출의 38%를 차지합니다.",
        # A forecast as a fact.
        "철도공단은 안전 설비에 1조 2,000억 원을 투자했습니다.",
    ],
)
def test_a_figure_of_something_else_fails(text: str, grounder: Grounder, fields: Sources) -> None:
    verdict = grounder.check(text, ALL, fields)
    assert not verdict.supported, verdict.quotes
