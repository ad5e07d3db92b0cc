from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.normalise import normalise

# Letters that merge, marks that merge with them or move before one another, and what is dropped.
TRICKY = st.lists(
    st.one_of(
        st.sampled_from("\u1112\u1161\u11ab한가\u11a8e\u0301\u0323\u0344\u0915\u093c\u0958"),
        st.sampled_from(
            "\u0b92\u0bd7\u0b94\u212b\u200b\ufeff\u00ad\r\n\t\u3000\u00a0\u2028\u3164\x00「·¹"
        ),
        st.sampled_from(["\x1b[31m", "\x1b[", "\x1b]0;", "\x1b\\", *"\x1b\x9b\x07[]0;m\\"]),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=40,
).map("".join)


@pytest.mark.parametrize(
    ("decoded", "text"),
    [
        ("가\r\n나\r다", "가\n나\n다"),
        ("\ufeff가\u200b나\u00ad다", "가나다"),
        ("가\u00a0나\u3000다\t라", "가 나 다\t라"),
        ("‘가’·「나」（다）…", "‘가’·「나」（다）…"),
        ("가\x0c나\x07", "가\n나"),
        ("\x1b[1;31m가\x1b[0m나\x9b2J", "가나"),
        ("\x1b]0;제목\x07가\x1b]8;;http://x\x1b\\나", "가나"),
        ("\x1b[가 \x1b]나\n\x07다", "[가 ]나\n다"),
    ],
)
def test_only_what_cannot_be_seen_is_changed(decoded: str, text: str) -> None:
    assert normalise(decoded).text == text


def test_decomposed_hangul_is_composed_and_points_back() -> None:
    decomposed = unicodedata.normalize("NFD", "가 한국")
    result = normalise(f"\ufeff{decomposed}")
    assert result.text == "가 한국"
    # The mark is code point 0; 가 is two jamo, 한 and 국 three each.
    assert result.origins == (1, 3, 4, 7, 10)


@settings(max_examples=500, deadline=None)
@given(TRICKY)
def test_slices_point_back_to_what_they_came_from(decoded: str) -> None:
    result = normalise(decoded)
    text, origins = result.text, result.origins
    assert len(origins) == len(text) + 1
    assert list(origins) == sorted(origins)
    assert origins[-1] == len(decoded)
    assert unicodedata.is_normalized("NFC", text)
    assert normalise(text).text == text

    def first(index: int) -> int:
        return origins.index(origins[index])

    for start in range(len(text) + 1):
        for end in range(start, len(text) + 1):
            piece = decoded[origins[start] : origins[end]]
            assert normalise(piece).text == text[first(start) : first(end)]


def test_origins_pass_over_a_colour() -> None:
    assert normalise("가\x1b[31m나").origins == (0, 6, 7)


def test_plain_text_points_to_itself() -> None:
    assert normalise("가나\t다\n").origins == (0, 1, 2, 3, 4, 5)


def test_marks_heaped_on_one_letter_cost_no_more_than_others() -> None:
    began = time.perf_counter()
    result = normalise("a" + "\u0301\u0323" * 100_000)
    assert time.perf_counter() - began < 5
    assert len(result.text) <= 31
