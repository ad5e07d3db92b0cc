from __future__ import annotations

import pytest

from ingest.records import Block, BlockKind, Document
from tests.ingest.conftest import report


def footnotes(document: Document) -> list[Block]:
    return [block for block in document.blocks if block.kind is BlockKind.FOOTNOTE]


def bound_to(document: Document, block: Block) -> str:
    return document.blocks[block.ancestors[-1]].text


@pytest.mark.parametrize(
    "note", ["1) 잠정 수치를 썼음.", "¹⁾ 잠정 수치를 썼음.", "¹ 잠정 수치를 썼음."]
)
def test_note_belongs_to_the_block_with_its_mark(note: str) -> None:
    document = report(
        f"1. 현황\n\n- 물류비가 늘었음¹⁾\n- 창고도 늘었음\n\n{note}\n\n- 인력은 줄었음\n"
    )
    (block,) = footnotes(document)
    assert block.text == "잠정 수치를 썼음."
    assert bound_to(document, block) == "물류비가 늘었음"
    assert document.blocks[-1].level == 1


def test_number_out_of_the_chapters_sequence_is_a_note() -> None:
    document = report(
        "물류 보고서¹⁾\n\n1. 배경\n\n- 늘었음\n\n2. 현황\n\n- 줄었음\n\n"
        "1. 이 글은 정책 과제를 바탕으로 작성되었음\n\n- 다시 늘었음\n\n3. 결론\n\n- 끝임\n"
    )
    (block,) = footnotes(document)
    assert bound_to(document, block) == "물류 보고서"
    headings = [block.text for block in document.blocks if block.kind is BlockKind.HEADING]
    assert headings == ["물류 보고서", "배경", "현황", "결론"]


def test_list_with_numbers_is_no_note() -> None:
    document = report(
        "제목¹⁾\n\n1. 과제\n\n1) 창고를 짓는다.\n2) 차량을 산다.\n3) 사람을 뽑는다.\n"
    )
    assert footnotes(document) == []


def test_plain_mark_set_against_a_word() -> None:
    document = report(
        "1. 현황\n\n평년보다 낮은 수준이다1). 그래도 쓸 만하다.\n\n1) 평년은 30년 평균이다.\n"
    )
    (block,) = footnotes(document)
    assert block.ancestors == (0, 1)


def test_markdown_note() -> None:
    document = report(
        "# 제목\n\n오전이 붐빈다.[^1] 오후는 한산하다.\n\n[^1]: 2023년 조사.\n", "a.md"
    )
    (block,) = footnotes(document)
    assert bound_to(document, block) == "오전이 붐빈다. 오후는 한산하다."


def test_units_with_raised_figures_are_no_marks() -> None:
    document = report("면적은 12km²이다.\n\n2) 부피는 다음에 잰다.\n")
    assert footnotes(document) == []
