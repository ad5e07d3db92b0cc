"""Cleaning of questions and of what is printed."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.josa import with_particle
from api.text import clean_question, one_line, printable
from ingest.errors import InputError


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m빨강\x1b[0m", "빨강"),
        ("\x1b]0;제목\x07본문", "본문"),
        ("\x1b]8;;http://x\x1b\\링크\x1b]8;;\x1b\\", "링크"),
        ("\x9b2J지움", "지움"),
        ("앞\u202e뒤\r\x00\x7f", "앞뒤"),
        ("한 줄\n두\t줄", "한 줄\n두\t줄"),
    ],
)
def test_terminal_commands_are_taken_out(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text())
def test_printable_text_holds_no_control_character(text: str) -> None:
    assert not [c for c in printable(text) if c not in "\n\t" and (ord(c) < 32 or c == "\x7f")]


def test_a_question_is_trimmed_and_composed() -> None:
    assert clean_question("  \x1b[1m한강\x07은 어때요? \n", 100) == "한강은 어때요?"


@pytest.mark.parametrize("text", ["", "  \n", "?!", "\x1b[31m", "\u3164\u3164", "\u200b", "\ud800"])
def test_a_question_without_words_is_empty(text: str) -> None:
    with pytest.raises(InputError) as caught:
        clean_question(text, 100)
    assert caught.value.code == "empty_question"


def test_length_counts_characters_after_cleaning() -> None:
    assert clean_question(" 가나다 ", 3) == "가나다"
    with pytest.raises(InputError) as caught:
        clean_question("가나다라", 3)
    assert caught.value.code == "question_too_long"
    assert "4자" in caught.value.message


@pytest.mark.parametrize(
    ("word", "pair", "whole"),
    [
        ("질문", "이/가", "질문이"),
        ("경로…", "이/가", "경로…가"),
        ("--top-k", "을/를", "--top-k를"),
        ("GEUNGEO_LLM", "을/를", "GEUNGEO_LLM을"),
        ("서울", "으로/로", "서울로"),
        ("부산", "으로/로", "부산으로"),
        ("3", "은/는", "3은"),
        ("", "이/가", "가"),
    ],
)
def test_the_particle_fits_the_word(word: str, pair: str, whole: str) -> None:
    assert with_particle(word, pair) == whole


def test_marks_heaped_on_a_question_are_too_long_at_once() -> None:
    began = time.perf_counter()
    with pytest.raises(InputError) as caught:
        clean_question("a" + "\u0301\u0323" * 200_000, 2000)
    assert caught.value.code == "question_too_long"
    assert time.perf_counter() - began < 2


def test_a_decomposed_question_is_measured_as_it_is_composed() -> None:
    assert clean_question(unicodedata.normalize("NFD", "각" * 2000), 2000) == "각" * 2000


@pytest.mark.parametrize("end", ["\n", "\t", "\r\n", "\u2028", "\x85"])
def test_a_line_is_kept_whole(end: str) -> None:
    assert one_line(f"앞{end}뒤") == "앞 뒤"
