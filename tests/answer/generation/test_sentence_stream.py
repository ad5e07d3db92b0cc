"""Sentences come out whole, however the words are cut into pieces."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.answer.generation.sentence_stream import (
    RawSentence,
    SentenceCutter,
    ThoughtFilter,
    cut_sentences,
)

CASES: list[tuple[str, list[tuple[str, tuple[int, ...]]]]] = [
    (
        "평균 수온은 14.2도입니다 [1]. 경보는 17회입니다 [2].",
        [("평균 수온은 14.2도입니다.", (1,)), ("경보는 17회입니다.", (2,))],
    ),
    (
        "수온은 14.2도입니다.[1][2] 경보는 17회예요. [3]",
        [("수온은 14.2도입니다.", (1, 2)), ("경보는 17회예요.", (3,))],
    ),
    ("비중은 3.5%다. [1]\n감소했다.", [("비중은 3.5%다.", (1,)), ("감소했다.", ())]),
    (
        "No. 1 기업이다 [1]. U.S. 정부의 일이다 [2].",
        [("No. 1 기업이다.", (1,)), ("U.S. 정부의 일이다.", (2,))],
    ),
    ("2024. 5. 3. 발표되었습니다 [1].", [("2024. 5. 3. 발표되었습니다.", (1,))]),
    (
        "- 소나무가 사라짐 [1]\n* 댐 88개 설치 [2]\n",
        [("소나무가 사라짐", (1,)), ("댐 88개 설치", (2,))],
    ),
    ("1. 첫째 항목 [1, 2]\n2) 둘째 항목 [1-3]", [("첫째 항목", (1, 2)), ("둘째 항목", (1, 2, 3))]),
    ("수온이 측정됨 [1] 경보가 발령됨 [2]", [("수온이 측정됨", (1,)), ("경보가 발령됨", (2,))]),
    ("가는 10명 [1], 나는 20명입니다 [2].", [("가는 10명 , 나는 20명입니다.", (1, 2))]),
    ('그는 "좋다. 아주 좋다."라고 했다 [1].', [('그는 "좋다. 아주 좋다."라고 했다.', (1,))]),
    (
        "수온은 14.2도입니다.그리고 경보는 17회입니다.",
        [("수온은 14.2도입니다.", ()), ("그리고 경보는 17회입니다.", ())],
    ),
    ("수온(2023년. 평균)은 14.2도입니다【1】.", [("수온(2023년. 평균)은 14.2도입니다.", (1,))]),
    ("왜 줄었나요? 가물었습니다 [1]!", [("왜 줄었나요?", ()), ("가물었습니다!", (1,))]),
    (
        "수온은 14.2도입니다.\n[1]\n경보는 17회다.",
        [("수온은 14.2도입니다.", (1,)), ("경보는 17회다.", ())],
    ),
    ("**수온**은 `14.2도`입니다 [출처 1].", [("수온은 14.2도입니다.", (1,))]),
    ("[2024] 계획입니다.", [("[2024] 계획입니다.", ())]),
    ("5. 3. 시행합니다 [1].", [("5. 3. 시행합니다.", (1,))]),
    ("...\n---\n[1]\n", []),
]


def told(sentences: list[RawSentence]) -> list[tuple[str, tuple[int, ...]]]:
    return [(s.text, s.markers) for s in sentences]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:20] for text, _ in CASES])
def test_sentences(text: str, expected: list[tuple[str, tuple[int, ...]]]) -> None:
    assert told(list(cut_sentences([text]))) == expected
    assert told(list(cut_sentences(text))) == expected


@given(
    st.text(alphabet=' .\n[]123가다함요A-*"()?!,<>', max_size=60),
    st.lists(st.integers(0, 60), max_size=6),
)
def test_pieces_make_no_difference(text: str, cuts: list[int]) -> None:
    bounds = sorted({0, len(text), *(c for c in cuts if c < len(text))})
    pieces = [text[a:b] for a, b in pairwise(bounds)]
    assert list(cut_sentences(pieces)) == list(cut_sentences([text]))


@given(st.text(alphabet=' .\n[]123가다함요A-*"()?!,', max_size=60))
def test_no_figure_is_lost_or_made(text: str) -> None:
    """Every digit of a sentence stands in the text in the same run of digits."""
    for sentence in cut_sentences([text]):
        for run in "".join(c if c.isdigit() else " " for c in sentence.text).split():
            assert run in "".join(c if c.isdigit() else " " for c in text).split()


def test_a_sentence_comes_as_soon_as_the_next_begins() -> None:
    cutter = SentenceCutter()
    assert list(cutter.feed("수온은 14.2도입니다.")) == []
    assert list(cutter.feed(" [1")) == []
    assert list(cutter.feed("]")) == []
    assert told(list(cutter.feed(" 경"))) == [("수온은 14.2도입니다.", (1,))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("수온은 14.2도입니다 [1]. 경보는 1", ["수온은 14.2도입니다."]),
        (
            "수온은 14.2도입니다 [1]. 경보는 17회입니다",
            ["수온은 14.2도입니다.", "경보는 17회입니다"],
        ),
        ("경보는 17회 발령됨 [1", []),
    ],
)
def test_an_answer_that_breaks_off_loses_its_unfinished_sentence(
    text: str, expected: list[str]
) -> None:
    cutter = SentenceCutter()
    found = [*cutter.feed(text), *cutter.finish(cut=True)]
    assert [s.text for s in found] == expected


@pytest.mark.parametrize("size", [1, 2, 5, 100])
def test_thoughts_are_left_out(size: int) -> None:
    text = "<think>수온을 보자. 99도?</think>수온은 14.2도입니다 < 15도. <think>끝"
    thoughts = ThoughtFilter()
    said = "".join(thoughts.feed(text[i : i + size]) for i in range(0, len(text), size))
    assert said + thoughts.finish() == "수온은 14.2도입니다 < 15도. "


def test_what_has_no_end_is_left_out_and_what_follows_is_not() -> None:
    cutter = SentenceCutter()
    endless = "그리고 412억 원이며 " * 500
    said = [s for n in range(0, len(endless), 7) for s in cutter.feed(endless[n : n + 7])]
    (begun,) = said
    assert not begun.whole
    after = [*cutter.feed("끝났습니다 [1].\n수온은 14.2도입니다 [2].\n"), *cutter.finish()]
    assert after == [RawSentence("수온은 14.2도입니다.", (2,))]
