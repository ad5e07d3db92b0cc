"""Spot checks over the originals, read by eye: positions only, as the words are not ours."""

from __future__ import annotations

import bisect
import json
from pathlib import Path
from typing import Any

import pytest

from ingest.records import BlockKind, Document

CHECKS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "fixtures" / "outline_positions.json").read_text(encoding="utf-8")
)


def find(originals: list[Document], sha256: str) -> Document:
    for document in originals:
        if document.sha256 == sha256:
            return document
    pytest.skip(f"no original with sha256 {sha256[:12]}… here")


def line_numbers(text: str) -> list[int]:
    """Offsets of the line ends; a place in this list is a line number less one."""
    return [offset for offset, char in enumerate(text) if char == "\n"]


def test_there_are_enough_checks() -> None:
    assert sum(len(check["blocks"]) for check in CHECKS) >= 60


@pytest.mark.parametrize("check", CHECKS, ids=["first", "second"])
def test_blocks_stand_where_they_were_read(
    originals: list[Document], check: dict[str, Any]
) -> None:
    document = find(originals, check["sha256"])
    ends = line_numbers(document.text)

    def line(offset: int) -> int:
        return bisect.bisect_left(ends, offset) + 1

    parsed = {line(block.start): block for block in document.blocks}
    for expected in check["blocks"]:
        block = parsed[expected["line"]]
        above = [line(document.blocks[place].start) for place in block.ancestors]
        seen = (line(block.end), block.kind.value, block.marker, above)
        wanted = (
            expected["last_line"],
            expected["kind"],
            expected["marker"],
            expected["ancestors"],
        )
        assert seen == wanted, f"line {expected['line']}"


def test_titles(originals: list[Document]) -> None:
    assert [document.title for document in originals] == [
        "AI 바이오·의료 R&D 현황과 중소기업의 미래",
        "디지털 전환기 대전 바이오산업의 변화와 도약",
    ]


def test_broken_sentences_are_whole(originals: list[Document]) -> None:
    """Every bullet of the second original is one statement, but for one that its file cuts off."""
    bullets = [block for block in originals[1].blocks if block.kind is BlockKind.BULLET]
    assert len(bullets) == 30
    assert not [block for block in bullets if "\n" in block.text]
    assert not [block for block in originals[1].blocks if block.kind is BlockKind.PARAGRAPH][1:]
