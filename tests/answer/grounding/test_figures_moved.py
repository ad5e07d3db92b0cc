"""Figures that stand in the evidence and are given to another owner, deed, year or measure."""

from collections.abc import Iterator, Sequence

import pytest

from api.answer.generated import CheckedSentence, stream_checked
from api.answer.generation.sentence_stream import RawSentence, cut_sentences
from api.answer.grounding.grounder import Grounder
from tests.answer.grounding.conftest import Sources, made

REPORT = """# 지역 산업 조사

## 기업
- 가람전자는 2019년에 평택 공장을 착공하여 2023년에 준공함
- 가람전자의 매출은 1,250억 원이고 나래화학의 매출은 840억 원임
- 정규직과 계약직은 각각 320명, 75명임
- 특허는 120건을 출원하고 45건을 등록함
- 평균 근속 기간은 7년이며, 신입 직원의 초임은 월 280만 원임
- 2024년 기준 수도권 기업의 62%가 스마트공장을 도입함
- 원유 가격이 10% 오르면 생산비가 3% 늘어날 것으로 분석됨
- 시는 2028년까지 산단에 3,000억 원을 투입할 계획임
- 응답자 10명 중 7명이 재택근무를 희망함
- 불량률은 0.8%로 전년 대비 0.3%p 낮아짐
- 서울에서 부산으로 옮긴 사업장은 18곳임
- 2020년 이후 폐업한 업체는 96곳임

## 나래화학
- 직원은 410명이며 이 가운데 연구직은 35%임
- 1998년에 설립되어 2005년에 상장됨
"""


@pytest.fixture(scope="module")
def report() -> Sources:
    return made(REPORT)


@pytest.mark.parametrize(
    "text",
    [
        "평택 공장은 2023년에 준공되었습니다.",
        "가람전자의 매출은 1,250억 원입니다.",
        "정규직은 320명, 계약직은 75명입니다.",
        "계약직은 75명입니다.",
        "특허 120건을 출원했고 45건을 등록했습니다.",
        "평균 근속 기간은 7년입니다.",
        "신입 직원의 초임은 월 280만 원입니다.",
        "2024년 수도권 기업의 62%가 스마트공장을 도입했습니다.",
        "원유 가격이 10% 오르면 생산비는 3% 늘어날 것으로 분석됩니다.",
        "응답자 10명 중 7명이 재택근무를 희망했습니다.",
        "불량률은 0.8%로, 전년보다 0.3%p 낮아졌습니다.",
        "서울에서 부산으로 옮긴 사업장은 18곳입니다.",
        "2020년 이후 폐업한 업체는 96곳입니다.",
        "나래화학은 1998년에 설립되어 2005년에 상장되었습니다.",
        "나래화학의 직원은 410명이며, 이 가운데 연구직은 35%입니다.",
        "조사 결과 응답자 10명 중 7명이 재택근무를 희망하는 것으로 나타났습니다.",
        "2019년 착공한 평택 공장은 2023년 준공되었습니다.",
        "산단에는 2028년까지 3,000억 원이 투입될 계획입니다.",
    ],
)
def test_a_figure_said_otherwise_passes(text: str, grounder: Grounder, report: Sources) -> None:
    verdict = grounder.check(text, [1], report)
    assert verdict.supported, verdict.problems


@pytest.mark.parametrize(
    "text",
    [
        "가람전자는 2019년에 평택 공장을 준공했습니다.",
        "평택 공장은 2023년에 착공되었습니다.",
        "나래화학의 매출은 1,250억 원입니다.",
        "정규직은 75명입니다.",
        "계약직과 정규직은 각각 320명, 75명입니다.",
        "계약직은 320명입니다.",
        "특허는 120건을 등록했습니다.",
        "특허 120건이 등록되었습니다.",
        "최대 근속 기간은 7년입니다.",
        "신입 직원의 평균 초임은 월 280만 원입니다.",
        "신입 직원의 초임은 연 280만 원입니다.",
        "2024년 기준 전국 기업의 62%가 스마트공장을 도입했습니다.",
        "수도권 기업의 62%가 2024년까지 스마트공장을 도입했습니다.",
        "2024년 이전 수도권 기업의 62%가 스마트공장을 도입했습니다.",
        "생산비가 3% 늘어날 것으로 분석되었습니다.",
        "생산비가 10% 오르면 원유 가격이 3% 늘어납니다.",
        "원유 가격이 3% 오르면 생산비가 10% 늘어날 것으로 분석됩니다.",
        "시는 2028년까지 산단에 3,000억 원을 투입합니다.",
        "시는 2028년부터 산단에 3,000억 원을 투입할 계획입니다.",
        "시는 산단에 매년 3,000억 원을 투입할 계획입니다.",
        "시는 산단에 총 3,000억 원을 회수할 계획입니다.",
        "응답자 7명 중 10명이 재택근무를 희망합니다.",
        "응답자 10명 중 7명이 사무실 근무를 희망합니다.",
        "불량률은 0.3%로 전년 대비 0.8%p 낮아졌습니다.",
        "불량률은 0.8%p 낮아졌습니다.",
        "불량률은 0.8%로 낮아지지 않았습니다.",
        "불량률은 0.8%로 전년 대비 0.3%p 높아졌습니다.",
        "부산에서 서울로 옮긴 사업장은 18곳입니다.",
        "2020년에 폐업한 업체는 96곳입니다.",
        "2020년 이후 창업한 업체는 96곳입니다.",
        "나래화학은 1998년에 상장되었습니다.",
        "연구직은 410명입니다.",
        "가람전자의 직원은 410명입니다.",
        "연구직의 35%가 직원입니다.",
        "불량률은 전년에 0.8%였습니다.",
        "기업당 매출은 1,250억 원입니다.",
    ],
)
def test_a_figure_given_to_something_else_fails(
    text: str, grounder: Grounder, report: Sources
) -> None:
    verdict = grounder.check(text, [1], report)
    assert not verdict.supported, verdict.quotes


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (
            "가람전자는 평택 공장을 준공했습니다.",
            "매출은 1,250억 원입니다.",
        ),
        (
            "나래화학은 1998년에 설립되었습니다.",
            "직원은 410명입니다.",
        ),
        (
            "나래화학의 직원은 410명입니다.",
            "이 가운데 연구직은 35%입니다.",
        ),
        (
            "나래화학은 1998년에 설립되었습니다.",
            "2005년에는 상장되었습니다.",
        ),
    ],
)
def test_a_sentence_that_goes_on_passes(
    before: str, text: str, grounder: Grounder, report: Sources
) -> None:
    verdict = grounder.check(text, [1], report, before=[before])
    assert verdict.supported, verdict.problems


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (
            "가람전자는 평택 공장을 준공했습니다.",
            "매출은 840억 원입니다.",
        ),
        (
            "특허를 설명합니다.",
            "45건을 출원했습니다.",
        ),
        (
            "가람전자는 2023년에 평택 공장을 준공했습니다.",
            "1998년에 설립되었습니다.",
        ),
        (
            "가람전자는 2023년에 평택 공장을 준공했습니다.",
            "이 회사는 1998년에 설립되었습니다.",
        ),
    ],
)
def test_a_sentence_that_leaves_its_subject_to_another_fails(
    before: str, text: str, grounder: Grounder, report: Sources
) -> None:
    assert not grounder.check(text, [1], report, before=[before]).supported


class Says:
    """Says a text, sentence by sentence."""

    name = "scripted"

    def __init__(self, text: str) -> None:
        self._text = text

    def stream(self, *_given: object) -> Iterator[RawSentence]:
        yield from cut_sentences([self._text])


def shown(text: str, grounder: Grounder, report: Sources) -> Sequence[str]:
    written = stream_checked(Says(text), grounder, "?", [], list(report.values()))
    return [said.sentence.text for said in written if isinstance(said, CheckedSentence)]


def test_what_is_shown_before_tells_what_a_sentence_is_about(
    grounder: Grounder, report: Sources
) -> None:
    true = "나래화학의 직원은 410명입니다. [1]"
    other = "가람전자의 매출은 1,250억 원입니다. [1]"
    went_on = "1998년에 설립되었습니다. [1]"
    assert len(shown(f"{true}\n{went_on}", grounder, report)) == 2
    assert shown(f"{other}\n{went_on}", grounder, report) == [other.removesuffix(" [1]")]
