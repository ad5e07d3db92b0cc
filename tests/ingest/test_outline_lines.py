"""Outlines where lines are broken, repeated, or look like something they are not."""

from __future__ import annotations

import pytest

from ingest.records import BlockKind
from tests.ingest.conftest import find_block, report, words_above


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
    assert words_above(document, "줄었음") == ["혁신의 방향"]


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
    assert words_above(document, "가나원") == ["현황", "[해마다 지은 창고]"]
    assert words_above(document, "냉장") == ["현황", "창고가 늘었음"]


def test_bracketed_name_of_a_section() -> None:
    document = report(
        "제목\n\n가. 일정\n\n1) 상반기: 공고\n2) 하반기: 선정\n\n[추진 체계]\n\n- 창업과가 맡음\n"
    )
    assert words_above(document, "창업과") == ["일정", "[추진 체계]"]


def test_numbers_that_begin_again_under_bare_headings() -> None:
    document = report(
        "제목\n\n추진 배경\n\n1. 대내 여건\n\n- 늘었음\n\n2. 대외 여건\n\n- 줄었음\n\n"
        "추진 과제\n\n1. 창고 확충\n\n- 지음\n\n2. 인력 양성\n\n- 뽑음\n"
    )
    assert words_above(document, "줄었음") == ["추진 배경", "대외 여건"]
    assert words_above(document, "뽑음") == ["추진 과제", "인력 양성"]


def test_source_line_of_a_bullet() -> None:
    document = report("1. 현황\n\n- 창고가 늘었음\n자료: 가나원(2024)\n- 인력도 늘었음\n")
    assert find_block(document, "자료").kind is BlockKind.SOURCE
    assert words_above(document, "자료") == ["현황", "창고가 늘었음"]


def test_repeated_running_head_is_furniture() -> None:
    page = "\n\n{n}\n\n물류 혁신의 과제\n\n- 항목 {n}은 이러함\n"
    document = report(
        "물류 혁신의 과제\n\n1. 현황\n" + "".join(page.format(n=n) for n in (1, 2, 3))
    )
    assert [block.kind.value for block in document.blocks].count("furniture") == 6
    assert words_above(document, "항목 3") == ["현황"]
