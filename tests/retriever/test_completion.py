"""Completing what is typed with terms of the corpus."""

import pytest

from retriever.completion import Completer, goes_on
from retriever.completion_terms import Term, read_terms, term_key
from retriever.keyboard import strokes

PASSAGES = [
    (("대전 바이오산업 현황",), "- 대전은 바이오산업의 중심지로 NGS 장비 12대를 갖춤"),
    (("대전 바이오산업 현황",), "- 인공지능을 쓰는 기업은 대전에 많음\n- 인공지능과 NGS의 결합"),
    (("정책 방향",), "- 대중교통을 늘리고 AI 기술 기업을 지원함"),
    (("정책 방향",), "- AI 기술로 만든 대중교통 앱"),
]
KNOWN = {
    **{"대전": 2, "바이오산업": 2, "현황": 2, "중심지": 1, "ngs": 2, "장비": 1, "인공지능": 1},
    **{"기업": 2, "결합": 1, "정책": 2, "방향": 2, "대중교통": 2, "ai": 2, "기술": 2, "앱": 1},
}


def completer() -> Completer:
    return Completer(read_terms(PASSAGES, lambda term: KNOWN.get(term, 0)))


def texts(typed: str, limit: int = 8) -> list[str]:
    return [found.text for found in completer().complete(typed, limit)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("인공", "인공지능"),
        ("ㅇㄱㅈㄴ", "인공지능"),  # initials
        ("대ㅈ", "대전"),  # a syllable and an initial
        ("댖", "대전"),  # the same, as an input method shows it
        ("대저", "대전"),  # a syllable half made
        ("ㄷㅈㄱ", "대중교통"),
        ("바이오사", "바이오산업"),
        ("ai", "AI"),
        ("eowjs", "대전"),  # the keyboard in the wrong mode
        ("ㅜㅎㄴ", "NGS"),
    ],
)
def test_what_is_typed_goes_on(typed: str, first: str) -> None:
    assert texts(typed)[0] == first


def test_words_are_taken_together_first() -> None:
    found = completer().complete("요즘 대전 바", 8)
    assert (found[0].text, found[0].typed) == ("대전 바이오산업", 4)
    assert ("바이오산업", 1) in [(f.text, f.typed) for f in found]


def test_typed_counts_code_points() -> None:
    (found,) = completer().complete("🧬🧬 인공", 1)
    assert (found.text, found.typed, found.count) == ("인공지능", 2, 1)


@pytest.mark.parametrize("typed", ["", " ", "인공 ", "a", "없는말", "ㅎㅎㅎㅎ", "\x00", "!!", "ㅏ"])
def test_nothing_goes_on(typed: str) -> None:
    assert texts(typed) == []


def test_what_is_typed_whole_is_no_completion() -> None:
    assert "대전" not in texts("대전")
    assert texts("대전")[0] == "대전 바이오산업"


def test_headings_and_frequent_terms_come_first() -> None:
    assert texts("대")[:2] == ["대전", "대전 바이오산업"]
    assert texts("대", limit=1) == ["대전"]


def test_particles_are_no_part_of_a_term() -> None:
    found = {term.text: term.count for term in read_terms(PASSAGES, lambda t: KNOWN.get(t, 0))}
    assert found["인공지능"] == 1
    assert not {"인공지능을", "인공지능과", "대전은", "NGS의"} & found.keys()


def test_terms_side_by_side_need_two_passages_or_a_heading() -> None:
    found = {term.text for term in read_terms(PASSAGES, lambda term: KNOWN.get(term, 0))}
    assert {"대전 바이오산업 현황", "정책 방향", "AI 기술"} <= found
    assert "NGS 장비" not in found


@pytest.mark.parametrize(
    ("wanted", "term", "fits"),
    [
        ("ㄷㅈㅂㅇ", "대전바이오", True),
        ("대ㅈㅂ", "대전바이오", True),
        ("댖ㅂ", "대전바이오", True),
        ("ㄷ전ㅂ", "대전바이오", True),
        ("ㄷㅂ", "대전바이오", False),
        ("대전바이오가", "대전바이오", False),
        ("값", "가산", False),
        ("갑ㅅ", "가방손", True),
    ],
)
def test_syllables_may_be_typed_by_their_initials(wanted: str, term: str, fits: bool) -> None:
    syllables = [strokes(char) for char in term]
    assert goes_on(strokes(term_key(wanted)), syllables) is fits


def test_long_lists_are_bounded_by_weight(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retriever.completion.MOST_TERMS", 2)
    small = Completer([Term("가나", 1, 1), Term("가다", 5, 5), Term("가라", 3, 3)])
    assert [found.text for found in small.complete("가", 8)] == ["가다", "가라"]
