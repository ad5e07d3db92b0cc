"""What holds for every document: the originals, our corpus, and outlines made at random."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest import chunk, load, load_bytes
from ingest.chunk import MAX_CHARS
from ingest.lines import one_line
from ingest.records import BlockKind, Document, Passage
from tests.ingest.conftest import original_files, own_files, report

FILES = [*original_files(), *own_files()]
CITED = {BlockKind.BULLET, BlockKind.PARAGRAPH, BlockKind.TABLE_ROW}
UNCITED = {BlockKind.HEADING, BlockKind.CONTENTS, BlockKind.FURNITURE}

VOCABULARY = """
사업 예산은 12억 원임 늘었다. 확대 및 (2023년) **핵심** R&D 위한 필요함 3.5% ‘인용’ 계획 가.
1) ① - 표 1 [표 1] 자료: 문헌 참고문헌 목차 ¹⁾ 다음과 같다: “말이다.” A.I.
"""
SIGNS = "■ □ ○ - * ※ 1. 2. 가. 나. 1) 2) (1) (가) ① ② 3 Ⅰ. II. 제1장 제2절 # ## ¹⁾"
WORDS = st.lists(
    st.sampled_from(VOCABULARY.split()),
    min_size=1,
    max_size=12,
).map(" ".join)
MARKS = st.sampled_from(
    [
        *("", "", "", " - ", "  · ", "| ", "\t", "[", "<그림 1> ", "1.1 ", "--- ", "> "),
        *(f"{sign} " for sign in SIGNS.split()),
    ]
)
ENDS = st.sampled_from(["\n", "\n", "\n\n", "\n\n\n", "\t1\n", "\tx\ty\n", " |\n", "]\n", "\n \n"])
OUTLINES = st.lists(st.tuples(MARKS, WORDS, ENDS).map("".join), min_size=1, max_size=30).map(
    "".join
)


def check_blocks(document: Document) -> None:
    end = 0
    for index, block in enumerate(document.blocks):
        assert end <= block.start < block.end <= len(document.text)
        assert not document.text[end : block.start].strip(), "words outside every block"
        assert not document.text[block.start].isspace()
        assert not document.text[block.end - 1].isspace()
        end = block.end
        assert "\n" not in block.text
        assert list(block.ancestors) == sorted(set(block.ancestors))
        for place in block.ancestors:
            assert place < index
            assert document.blocks[place].level < block.level
            above = document.blocks[place].ancestors
            assert above == block.ancestors[: len(above)]
        assert block.level == (len(block.ancestors) if block.ancestors else 0)
    assert not document.text[end:].strip()


def check_passages(document: Document, passages: tuple[Passage, ...]) -> None:
    previous_end = 0
    for position, passage in enumerate(passages):
        assert passage.position == position
        assert passage.document_id == document.id
        assert passage.text == document.text[passage.start : passage.end]
        assert previous_end <= passage.start < passage.end
        previous_end = passage.end
        assert passage.sentences
        last = passage.start
        for sentence in passage.sentences:
            assert last <= sentence.start < sentence.end <= passage.end
            assert sentence.text
            assert "\n" not in sentence.text
            last = sentence.end
        headings = [
            block for block in document.blocks if block.kind is BlockKind.HEADING
            and passage.start <= block.start < passage.end
        ]  # fmt: skip
        assert not headings
    ids = [passage.id for passage in passages]
    assert len(set(ids)) == len(ids)
    assert [passage.previous_id for passage in passages] == [None, *ids][: len(ids)]
    assert [passage.next_id for passage in passages] == [*ids, None][1:]


def squeeze(words: str) -> str:
    """The characters that a reader sees as words: no blanks, emphasis or footnote references."""
    return "".join(one_line(words).split())


def check_coverage(document: Document, passages: tuple[Passage, ...]) -> None:
    """Every block that can be cited is, once, whole; and sentences end where blocks end."""
    spans = [(s.start, s.end) for passage in passages for s in passage.sentences]
    assert spans == sorted(spans)
    for block in document.blocks:
        inside = [span for span in spans if block.start <= span[0] and span[1] <= block.end]
        if block.kind in UNCITED:
            assert not inside
        elif block.kind in CITED:
            said = "".join(document.text[start:end] for start, end in inside)
            whole = document.text[block.start : block.end]
            marker = whole.find(block.marker) + len(block.marker) if block.marker else 0
            assert not Counter(squeeze(whole[marker:])) - Counter(squeeze(said))
    starts = {block.start for block in document.blocks}
    ends = {block.end for block in document.blocks}
    for passage in passages:
        at_start = passage.start in starts or passage.start in {span[0] for span in spans}
        assert at_start and (passage.end in ends or passage.end in {span[1] for span in spans})


def check_all(document: Document) -> None:
    check_blocks(document)
    passages = chunk(document)
    check_passages(document, passages)
    check_coverage(document, passages)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_invariants_hold_for_reports(path: Path) -> None:
    check_all(load(path))


@settings(max_examples=150, deadline=None)
@given(OUTLINES)
def test_invariants_hold_for_outlines_made_at_random(text: str) -> None:
    document = report(text)
    check_all(document)
    assert chunk(document) == chunk(report(text))


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=80).filter(lambda text: bool(text.strip("\ufeff\u200b \n"))))
def test_any_text_either_loads_or_is_refused_with_a_code(text: str) -> None:
    from ingest.errors import InputError

    try:
        document = report(text)
    except InputError as error:
        assert error.code in {"file_empty", "file_binary"}
        return
    check_blocks(document)
    check_passages(document, chunk(document))


@pytest.mark.parametrize("limit", [80, 300, MAX_CHARS])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_passages_keep_to_the_limit_unless_one_bullet_is_longer(path: Path, limit: int) -> None:
    document = load(path)
    for passage in chunk(document, max_chars=limit):
        pieces = [
            block
            for block in document.blocks
            if block.start < passage.end and passage.start < block.end
        ]
        cited = [block for block in pieces if block.kind not in UNCITED]
        assert len(passage.text) <= limit or len(cited) == 1


ENCODERS: dict[str, Callable[[str], bytes]] = {
    "utf-8-sig": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16-be with mark": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
    "cp949": lambda text: text.encode("cp949"),
    "crlf": lambda text: text.replace("\n", "\r\n").encode(),
}


@pytest.mark.parametrize("name", ENCODERS)
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_any_encoding_gives_the_same_document(path: Path, name: str) -> None:
    text = path.read_text(encoding="utf-8")
    if name == "cp949":  # raised brackets and the like are not in it
        text = text.encode("cp949", errors="ignore").decode("cp949")
    plain, coded = report(text, path.name), load_bytes(ENCODERS[name](text), path.name)
    assert coded.id == plain.id
    assert coded.blocks == plain.blocks
    assert chunk(coded) == chunk(plain)
