"""Outlines in the styles that Korean reports use, in small reports of our own."""

from __future__ import annotations

import pytest

from ingest.records import BlockKind
from tests.ingest.conftest import find_block, report, shape, words_above

OFFICIAL = """2024년 지역 물류 혁신 추진계획

2024. 3.

해양물류부 물류정책과

목   차

Ⅰ. 추진 배경 ················ 1
Ⅱ. 현황 및 문제점 ············ 3
  1. 현황 ··················· 3

- 1 -

Ⅰ. 추진 배경

□ 지역 물류비가 해마다 늘어 화주의 부담이 커지고 있음
 ○ 2023년 지역 물류비는 12.4조 원으로 전년보다 8.1% 증가
   - 인건비와 유류비의 기여가 큼
     * 인건비: 운송업 평균 임금
 ○ 화주의 62%가 비용 절감을 급한 과제로 꼽음
   ※ 다른 조사에서는 58%

□ 공동 물류를 중심으로 한 대책이 필요

- 2 -

Ⅱ. 현황 및 문제점

1. 현황

 가. 시설

  ○ 공동 물류센터는 전국 31곳이며, 가동
률은 67%에 그침
  ○ 냉장 창고는 9곳

 나. 인력

  ○ 물류 인력은 2.1만 명

2. 문제점

 ① (비용) 소규모 화주는 단가 협상력이 낮음
 ② (시설) 노후 창고 비중이 41%에 달함

붙임 1. 추진 일정

○ 공동 배송은 6월에 시작
"""


def test_official_report() -> None:
    assert shape(report(OFFICIAL)) == [
        ("heading", 0, "2024년 지역 물류 혁신 추진계획"),
        ("furniture", 0, "2024. 3."),
        ("paragraph", 0, "해양물류부 물류정책과"),
        ("contents", 0, "목 차"),
        ("contents", 0, "추진 배경 ················ 1"),
        ("contents", 0, "현황 및 문제점 ············ 3"),
        ("contents", 0, "현황 ··················· 3"),
        ("furniture", 0, "- 1 -"),
        ("heading", 0, "추진 배경"),
        ("bullet", 1, "지역 물류비가 해마다 늘어 화주의 부담이 커지고 있음"),
        ("bullet", 2, "2023년 지역 물류비는 12.4조 원으로 전년보다 8.1% 증가"),
        ("bullet", 3, "인건비와 유류비의 기여가 큼"),
        ("bullet", 4, "인건비: 운송업 평균 임금"),
        ("bullet", 2, "화주의 62%가 비용 절감을 급한 과제로 꼽음"),
        ("bullet", 3, "다른 조사에서는 58%"),
        ("bullet", 1, "공동 물류를 중심으로 한 대책이 필요"),
        ("furniture", 0, "- 2 -"),
        ("heading", 0, "현황 및 문제점"),
        ("heading", 1, "현황"),
        ("heading", 2, "시설"),
        ("bullet", 3, "공동 물류센터는 전국 31곳이며, 가동률은 67%에 그침"),
        ("bullet", 3, "냉장 창고는 9곳"),
        ("heading", 2, "인력"),
        ("bullet", 3, "물류 인력은 2.1만 명"),
        ("heading", 1, "문제점"),
        ("bullet", 2, "(비용) 소규모 화주는 단가 협상력이 낮음"),
        ("bullet", 2, "(시설) 노후 창고 비중이 41%에 달함"),
        ("heading", 0, "붙임 1. 추진 일정"),
        ("bullet", 1, "공동 배송은 6월에 시작"),
    ]


def test_chapters_and_sections_of_a_paper() -> None:
    document = report(
        "제1장 서론\n\n제1절 필요성\n\n저수율이 낮아졌다.\n\n제2절 방법\n\n1. 자료\n\n"
        "기록을 썼다.\n\n"
        "2. 모형\n\n가. 회귀\n\n식은 다음과 같다.\n\n나. 예측\n\n망을 쓴다.\n\n제2장 결과\n\n"
        "제1절 저수율\n\n"
        "높아졌다.\n\nReferences\n\nKim, C. (2020). Water. Journal, 3(2), 11-20.\n"
        "Lee, S. (2021). A review\n"
        "  of dams. Letters, 8(1), 1-19.\n\n부록\n\n설문지는 따로 둔다.\n",
        "논문.txt",
    )
    assert document.title == "논문"
    assert words_above(document, "기록을") == ["서론", "방법", "자료"]
    assert words_above(document, "망을") == ["서론", "방법", "모형", "예측"]
    assert words_above(document, "높아졌다") == ["결과", "저수율"]
    assert words_above(document, "설문지") == ["부록"]
    assert [block.text for block in document.blocks if block.kind is BlockKind.REFERENCE] == [
        "Kim, C. (2020). Water. Journal, 3(2), 11-20.",
        "Lee, S. (2021). A review of dams. Letters, 8(1), 1-19.",
    ]


def test_markdown() -> None:
    document = report(
        "# 도서관 실태\n\n머리글이다.\n\n## 1. 현황\n\n* 방문자는 하루 420명이다.\n"
        "  * 주말은 610명이다.\n"
        "* 대출은 150권이다.\n\n### 1.1 연령\n\n1. 10대는 12%이다.\n2. 20대는 18%이다.\n\n"
        "## 2. 제언\n\n"
        "1. 개방 시간을 늘린다.\n   - 인력 4명이 든다.\n2. 좌석을 늘린다.\n",
        "a.md",
    )
    assert document.title == "도서관 실태"
    assert shape(document) == [
        ("heading", 0, "도서관 실태"),
        ("paragraph", 0, "머리글이다."),
        ("heading", 0, "현황"),
        ("bullet", 1, "방문자는 하루 420명이다."),
        ("bullet", 2, "주말은 610명이다."),
        ("bullet", 1, "대출은 150권이다."),
        ("heading", 1, "연령"),
        ("bullet", 2, "10대는 12%이다."),
        ("bullet", 2, "20대는 18%이다."),
        ("heading", 0, "제언"),
        ("bullet", 1, "개방 시간을 늘린다."),
        ("bullet", 2, "인력 4명이 든다."),
        ("bullet", 1, "좌석을 늘린다."),
    ]
    assert [block.marker for block in document.blocks][2] == "## 1."


def test_prose_with_bare_headings() -> None:
    document = report(
        "물레방아\n\n물레방아는 물의 힘으로 곡식을 찧는 기구이다. 마을 어귀에 두었다.\n\n"
        "역사\n\n언제 들어왔는지는 분명하지 않다.\n\n구조\n\n"
        "바퀴의 지름은 3.5미터 안팎이다.\n축은 참나무로 만든다.\n"
    )
    assert document.title == "물레방아"
    assert words_above(document, "물레방아는") == []
    assert words_above(document, "언제") == ["역사"]
    assert words_above(document, "바퀴의") == ["구조"]


def test_prose_alone_is_paragraphs() -> None:
    document = report("비가 온다. 내일도 온다.\n\n모레는 갠다.\n", "날씨.txt")
    assert document.title == "날씨"
    assert {block.kind for block in document.blocks} == {BlockKind.PARAGRAPH}


def test_syllables_and_brackets_as_headings_or_lists() -> None:
    document = report(
        "청년 창업 지원 성과\n\n가. 성과\n\n(1) 기업 수\n - 1,204개로 늘었다.\n\n(2) 매출\n"
        " - 3.2억 원이다.\n\n"
        "나. 과제\n\n(1) 자금\n (가) 융자 한도가 낮다.\n (나) 심사 기간이 길다.\n(2) 인력\n"
        " - 개발 인력이 모자란다.\n"
    )
    assert words_above(document, "1,204개") == ["성과", "기업 수"]
    assert words_above(document, "심사") == ["과제", "자금"]
    assert words_above(document, "개발") == ["과제", "인력"]
    assert find_block(document, "심사").marker == "(나)"


def test_circles_that_were_lost() -> None:
    document = report(
        "Ⅰ. 동향\n\n① 국내 동향\n\n- 창고가 늘었음\n\n② 국외 동향\n\n- 차량이 늘었음\n\n"
        "3 시사점과 과제\n\n"
        "- 3 개의 과제가 남음\n\nⅡ. 전략\n\n1 시설 전략\n\n- 창고를 지음\n\n2 인력 전략\n\n"
        "- 사람을 뽑음\n"
    )
    assert words_above(document, "3 개의") == ["동향", "시사점과 과제"]
    assert words_above(document, "사람을") == ["전략", "인력 전략"]


def test_boxes_that_became_dashes_keep_their_level() -> None:
    document = report(
        "① 시장\n\n- **시장은 빠르게 크는 중**\n - 해외가 앞섬\n - 국내가 뒤따름\n"
        "- **투자도 크게 늘어남**\n"
        " - 벤처가 이끎\n\n■ 인력은 아직 부족한 상황\n\n- 개발자가 적음\n- 급여가 낮음\n\n"
        "■ **제도는 정비하는 중**\n\n- 법을 고침\n"
    )
    assert [(block.level, block.marker) for block in document.blocks[1:]] == [
        (1, "-"), (2, "-"), (2, "-"), (1, "-"), (2, "-"),
        (1, "■"), (2, "-"), (2, "-"), (1, "■"), (2, "-"),
    ]  # fmt: skip


def test_dash_behind_a_page_break_stays_with_its_group() -> None:
    document = report(
        "① 기술\n\n- **첫째 기술이 핵심임**\n - 값이 쌈\n\n"
        "- 쪽이 바뀐 뒤에도 같은 묶음의 설명이 이어짐\n\n"
        "■ 둘째 기술도 중요함\n"
    )
    assert words_above(document, "쪽이") == ["기술", "첫째 기술이 핵심임"]


@pytest.mark.parametrize("mark", ["○", "ㅇ", "o", "●", "▶", "•", "·", "∙", "◦", "\uf0b7", "–"])
def test_marks_of_every_kind(mark: str) -> None:
    document = report(f"1. 현황\n\n{mark} 창고가 31곳으로 늘었음\n{mark} 차량도 늘었음\n")
    assert [block.kind for block in document.blocks[1:]] == [BlockKind.BULLET] * 2
    assert document.blocks[1].marker == mark
    assert document.blocks[1].level == 1
