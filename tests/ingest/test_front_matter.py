from __future__ import annotations

import pytest

from ingest import chunk
from ingest.front_matter import MAX_CHARS, FrontMatter, read_front_matter
from ingest.records import BlockKind
from tests.ingest.conftest import report

TEXT = """---
title: 도서관 이용 실태
publisher: 가나연구소
published: 2024-05-01
original_title: "도서관: 원래 보고서"
author: 숨은이
---

홍길동 연구위원

## 1. 현황

- 방문자는 하루 420명임
"""


def test_fields_are_read() -> None:
    document = report(TEXT, "a.md")
    assert document.title == "도서관 이용 실태"
    assert document.publisher == "가나연구소"
    assert document.published == "2024-05-01"
    assert document.original_title == "도서관: 원래 보고서"


def test_it_is_no_passage_and_the_author_line_is_one() -> None:
    document = report(TEXT, "a.md")
    assert document.blocks[0].kind is BlockKind.FURNITURE
    passages = chunk(document)
    assert [passage.sentences[0].text for passage in passages] == [
        "홍길동 연구위원",
        "방문자는 하루 420명임",
    ]
    assert "숨은이" not in "".join(passage.text for passage in passages)


@pytest.mark.parametrize(
    ("published", "expected"),
    [("2024-05", "2024-05"), ("2024", "2024"), ("2024년 5월", "2024년 5월"), ("null", None)],
)
def test_dates_in_any_form(published: str, expected: str | None) -> None:
    assert read_front_matter(f"---\npublished: {published}\n---\n본문").published == expected


@pytest.mark.parametrize(
    "text",
    [
        "본문만 있는 글이다.",
        "---\ntitle: [닫히지 않음\n---\n본문",
        "---\n- 목록\n---\n본문",
        "---\ntitle: 끝 표시가 없음\n본문",
        "---\npublished: 2024-13-40\n---\n본문",
        "---\n" + "[" * 3000 + "\n---\n본문",
        "---\ntitle: " + "가" * MAX_CHARS + "\n---\n본문",
        "---\n본문\n---\n",
    ],
)
def test_what_is_no_mapping_is_text(text: str) -> None:
    assert read_front_matter(text) == FrontMatter()


def test_broken_front_matter_stays_citable() -> None:
    document = report(
        "---\ntitle: [닫히지 않은 괄호가 있는 줄이다\n---\n\n본문은 그대로 있다.\n", "a.md"
    )
    said = [sentence.text for passage in chunk(document) for sentence in passage.sentences]
    assert said[-1] == "본문은 그대로 있다."
