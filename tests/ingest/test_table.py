from __future__ import annotations

from ingest import chunk
from ingest.records import BlockKind, Document
from tests.ingest.conftest import report


def rows(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.kind is BlockKind.TABLE_ROW]


def test_rows_carry_their_header_and_merged_cells() -> None:
    document = report(
        "[표 1] 분야별 과제\n\n분야\t과제\t예산\n물류\t창고\t12억\n\t차량\t-\n교통\t\t3억\n"
    )
    assert rows(document) == [
        "분야: 물류 / 과제: 창고 / 예산: 12억",
        "분야: 물류 / 과제: 차량",
        "분야: 교통 / 예산: 3억",
    ]


def test_markdown_table() -> None:
    document = report(
        "| 해 | 창고 \\| 곳 |\n|:--|--:|\n| 2023 | 31 |\n| | 40 |\n| **2024** | 45 |\n", "a.md"
    )
    assert rows(document) == [
        "해: 2023 / 창고 | 곳: 31",
        "해: 2023 / 창고 | 곳: 40",
        "해: 2024 / 창고 | 곳: 45",
    ]


def test_header_in_two_rows() -> None:
    document = report("구분\t매출\t\t고용\n\t2022\t2023\t\n물류\t10\t12\t30\n교통\t5\t6\t20\n")
    assert rows(document)[0] == "구분: 물류 / 매출 2022: 10 / 매출 2023: 12 / 고용: 30"


def test_table_without_a_header() -> None:
    document = report("현황\n\n2022\t25\n2023\t28\n2024\t31\n")
    assert rows(document) == ["2022 / 25", "2023 / 28", "2024 / 31"]


def test_cells_that_are_lists() -> None:
    document = report("기술\t내용\n항체\t- 첫째 설계 - 둘째 (A-B) 설계\n세포\t- 셋째\n")
    assert rows(document) == [
        "기술: 항체 / 내용: 첫째 설계, 둘째 (A-B) 설계",
        "기술: 세포 / 내용: 셋째",
    ]


def test_cell_on_several_lines() -> None:
    document = report("기술\t내용\n항체\t첫째 줄\n둘째 줄\n세포\t셋째 줄\n")
    assert rows(document) == ["기술: 항체 / 내용: 첫째 줄 둘째 줄", "기술: 세포 / 내용: 셋째 줄"]


def test_caption_unit_and_source_belong_to_the_table() -> None:
    document = report(
        "Ⅰ. 현황\n\n□ 창고가 늘었음\n\n<표 2> 창고 현황\n(단위: 곳)\n해\t창고\n2022\t25\n2023\t28\n"
        "※ 2023년은 잠정치\n자료: 가나원(2024)\n\n□ 인력도 늘었음\n"
    )
    table = next(p for p in chunk(document) if p.sentences[0].kind is BlockKind.CAPTION)
    assert [sentence.text for sentence in table.sentences] == [
        "<표 2> 창고 현황 (단위: 곳)",
        "해: 2022 / 창고: 25",
        "해: 2023 / 창고: 28",
        "2023년은 잠정치",
        "자료: 가나원(2024)",
    ]
    assert {sentence.path[-1] for sentence in table.sentences[1:]} == {
        "<표 2> 창고 현황 (단위: 곳)"
    }
    assert table.heading_path == ("현황",)


def test_long_table_is_cut_between_rows_and_keeps_its_caption() -> None:
    body = "".join(f"{2000 + place}년\t창고 {place}곳을 새로 지었음\n" for place in range(30))
    document = report(f"1. 현황\n\n[표 1] 해마다 지은 창고\n\n해\t내용\n{body}")
    passages = chunk(document, max_chars=200)
    assert len(passages) > 3
    assert all(len(passage.text) <= 200 for passage in passages)
    assert passages[1].heading_path == ("현황", "[표 1] 해마다 지은 창고")
    assert passages[-1].sentences[-1].text == "해: 2029년 / 내용: 창고 29곳을 새로 지었음"


def test_tabs_behind_list_marks_are_no_table() -> None:
    document = report("1.\t첫째 과제를 추진함\n2.\t둘째 과제를 추진함\n\t- 딸린 과제를 추진함\n")
    assert rows(document) == []
