"""Outlines in the styles that Korean reports use, in small reports of our own."""

from __future__ import annotations

import pytest

from ingest.records import Block, BlockKind, Document
from tests.ingest.conftest import report, shape


def path(document: Document, words: str) -> list[str]:
    """The words above the block that begins with some words, outermost first."""
    block = find(document, words)
    return [document.blocks[place].text for place in block.ancestors]


def find(document: Document, words: str) -> Block:
    return next(block for block in document.blocks if block.text.startswith(words))


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
    assert path(document, "기록을") == ["서론", "방법", "자료"]
    assert path(document, "망을") == ["서론", "방법", "모형", "예측"]
    assert path(document, "높아졌다") == ["결과", "저수율"]
    assert path(document, "설문지") == ["부록"]
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
    assert path(document, "물레방아는") == []
    assert path(document, "언제") == ["역사"]
    assert path(document, "바퀴의") == ["구조"]


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
    assert path(document, "1,204개") == ["성과", "기업 수"]
    assert path(document, "심사") == ["과제", "자금"]
    assert path(document, "개발") == ["과제", "인력"]
    assert find(document, "심사").marker == "(나)"


def test_circles_that_were_lost() -> None:
    document = report(
        "Ⅰ. 동향\n\n① 국내 동향\n\n- 창고가 늘었음\n\n② 국외 동향\n\n- 차량이 늘었음\n\n"
        "3 시사점과 과제\n\n"
        "- 3 개의 과제가 남음\n\nⅡ. 전략\n\n1 시설 전략\n\n- 창고를 지음\n\n2 인력 전략\n\n"
        "- 사람을 뽑음\n"
    )
    assert path(document, "3 개의") == ["동향", "시사점과 과제"]
    assert path(document, "사람을") == ["전략", "인력 전략"]


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
    assert path(document, "쪽이") == ["기술", "첫째 기술이 핵심임"]


@pytest.mark.parametrize("mark", ["○", "ㅇ", "o", "●", "▶", "•", "·", "∙", "◦", "\uf0b7", "–"])
def test_marks_of_every_kind(mark: str) -> None:
    document = report(f"1. 현황\n\n{mark} 창고가 31곳으로 늘었음\n{mark} 차량도 늘었음\n")
    assert [block.kind for block in document.blocks[1:]] == [BlockKind.BULLET] * 2
    assert document.blocks[1].marker == mark
    assert document.blocks[1].level == 1


def test_title_in_two_lines_and_again_in_one() -> None:
    document = report(
        "2025\n\nVol.3\n\nREPORT\n\n물류 혁신과\n지역의 미래\n\n물류 혁신과 지역의 미래\n\n"
        "1. 현황과 과제\n2. 혁신의 방향\n3. 맺음말과\n남은 과제\n\nREPORT\n\n"
        "Ⅰ. 현황과 과제\n\n- 늘었음\n\n"
        "Ⅱ. 혁신의 방향\n\n- 줄었음\n\nREPORT\n\nⅢ. 맺음말과 남은 과제\n\n- 끝임\n"
    )
    assert document.title == "물류 혁신과 지역의 미래"
    kinds = [block.kind.value for block in document.blocks]
    assert kinds.count("contents") == 4
    assert kinds.count("furniture") == 6
    assert path(document, "줄었음") == ["혁신의 방향"]


def test_footnote_mark_is_no_part_of_the_title() -> None:
    assert (
        report("지역 물류의 변화¹⁾\n\n김가나 연구위원\n\n1. 배경\n\n- 늘었음\n").title
        == "지역 물류의 변화"
    )


def test_author_line_is_a_paragraph() -> None:
    document = report("지역 물류의 변화\n\n김가나 물류연구실 연구위원\n\n1. 배경\n\n- 늘었음\n")
    assert document.blocks[1].kind is BlockKind.PARAGRAPH
    assert document.blocks[1].text == "김가나 물류연구실 연구위원"


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("- 물류라는 말이 널리 알려지기\n\n시작하였고 이후 자리를 잡음", "알려지기 시작하였고"),
        ("- 지역의 작은 가게와 창고를 잇는 전문 업체들이 물류\n\n분야로 들어와 어려움을 겪음",
         "물류 분야로"),
        ("- 첫 줄은 다음 쪽으로 이어지며\n\n- 7 -\n\n둘째 줄에서 문장이 끝남", "이어지며 둘째"),
        ("○ 창고를 함께 짓고 운영하는 사업으\n   로 시작되었음", "사업으로"),
        ("- 예산은 (국비와\n\n지방비) 12억 원임", "(국비와 지방비)"),
    ],
)  # fmt: skip
def test_broken_lines_are_joined(broken: str, whole: str) -> None:
    document = report(f"1. 현황\n\n{broken}\n\n- 다음 항목은 따로임\n")
    bullets = [block for block in document.blocks if block.kind is BlockKind.BULLET]
    assert len(bullets) == 2
    assert whole in bullets[0].text
    assert document.text[bullets[0].start] == broken[0]


@pytest.mark.parametrize(
    "lines",
    [
        "- 창고 구축을 추진\n\n지역 물류의 새로운 과제\n\n- 인력을 늘림",
        "- 창고가 늘었음\n\n이 절에서는 인력을 살핀다.",
        "○ 사업 개요\n\n이 사업은 2022년에 시작되었다.",
    ],
)
def test_whole_lines_are_not_joined(lines: str) -> None:
    document = report(f"1. 현황\n\n{lines}\n")
    assert len(document.blocks) == len(lines.split("\n\n")) + 1


def test_a_verb_cut_in_two_is_no_mark() -> None:
    document = report(
        "제목\n\n이 문단은 줄을 좁게 맞추어 짠 글이라서 낱말 가운데에서도 줄이 바뀌었\n"
        "다. 이어지는 문장도 같은 문단에 있다.\n"
    )
    assert [block.kind for block in document.blocks[1:]] == [BlockKind.PARAGRAPH]


@pytest.mark.parametrize(
    "title", ["5.18 민주화운동", "워싱턴 D.C.", "나라의 대법원장", "3 대 과제"]
)
def test_titles_that_look_like_something_else(title: str) -> None:
    document = report(f"{title}\n\n첫 문단이다. 둘째 문장이다.\n")
    assert document.title == title
    assert document.blocks[0].text == title


def test_a_name_left_out_is_no_mark() -> None:
    document = report("제목\n\n○○시는 창고를 지었다. □□군은 짓지 않았다.\n")
    assert document.blocks[1].marker == ""


def test_paragraph_set_in_short_lines_is_one() -> None:
    document = report(
        "제목\n\n이 문단은 여러 줄로 나뉘어 있고 한 줄의 길이가 거의 같게 맞추어져\n"
        "있다. 줄이 바뀌어도 문단은 하나이다.\n\n다음 문단이다.\n"
    )
    assert len(document.blocks) == 3


def test_lost_figure_does_not_end_the_list() -> None:
    document = report(
        "1. 현황\n\n■ 창고가 늘었음\n\n- 31곳임\n\n[해마다 지은 창고]\n\n"
        "* 가나원 자료 재구성\n\n- 냉장은 9곳임\n\n"
        "■ 인력이 늘었음\n"
    )
    kinds = [block.kind.value for block in document.blocks]
    assert kinds == ["heading", "bullet", "bullet", "caption", "source", "bullet", "bullet"]
    assert path(document, "가나원") == ["현황", "[해마다 지은 창고]"]
    assert path(document, "냉장") == ["현황", "창고가 늘었음"]


def test_bracketed_name_of_a_section() -> None:
    document = report(
        "제목\n\n가. 일정\n\n1) 상반기: 공고\n2) 하반기: 선정\n\n[추진 체계]\n\n- 창업과가 맡음\n"
    )
    assert path(document, "창업과") == ["일정", "[추진 체계]"]


def test_numbers_that_begin_again_under_bare_headings() -> None:
    document = report(
        "제목\n\n추진 배경\n\n1. 대내 여건\n\n- 늘었음\n\n2. 대외 여건\n\n- 줄었음\n\n"
        "추진 과제\n\n1. 창고 확충\n\n- 지음\n\n2. 인력 양성\n\n- 뽑음\n"
    )
    assert path(document, "줄었음") == ["추진 배경", "대외 여건"]
    assert path(document, "뽑음") == ["추진 과제", "인력 양성"]


def test_source_line_of_a_bullet() -> None:
    document = report("1. 현황\n\n- 창고가 늘었음\n자료: 가나원(2024)\n- 인력도 늘었음\n")
    assert find(document, "자료").kind is BlockKind.SOURCE
    assert path(document, "자료") == ["현황", "창고가 늘었음"]


def test_repeated_running_head_is_furniture() -> None:
    page = "\n\n{n}\n\n물류 혁신의 과제\n\n- 항목 {n}은 이러함\n"
    document = report(
        "물류 혁신의 과제\n\n1. 현황\n" + "".join(page.format(n=n) for n in (1, 2, 3))
    )
    assert [block.kind.value for block in document.blocks].count("furniture") == 6
    assert path(document, "항목 3") == ["현황"]
