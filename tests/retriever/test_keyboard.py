import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.keyboard import are_neighbours, compose, letters, strokes, to_hangul, to_latin

SYLLABLES = st.text(st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣")), min_size=1)


@pytest.mark.parametrize(
    ("keys", "hangul"),
    [
        ("eowjs qkdldh rldjq", "대전 바이오 기업"),
        ("dlsrhdwlsmd", "인공지능"),
        ("ekfrdmf", "닭을"),  # the cluster stays where a consonant follows
        ("dlfrdjTek", "읽었다"),  # and of two consonants the last goes to the vowel
        ("RkRnfh Wkrrh Qkfmrp", "까꾸로 짝고 빠르게"),
        ("rhk dhl Eo", "과 외 때"),
        ("dPP", "예ㅖ"),  # a vowel without a consonant stays by itself
        ("rkr2024", "각2024"),
        ("zzz", "ㅋㅋㅋ"),
    ],
)
def test_keys_make_the_syllables_of_the_two_set_keyboard(keys: str, hangul: str) -> None:
    assert to_hangul(keys) == hangul


@pytest.mark.parametrize(
    ("hangul", "keys"), [("ㅜㅎㄴ", "ngs"), ("먀", "ai"), ("ㄲ&ㅇ", "R&d"), ("왜", "dho")]
)
def test_hangul_gives_back_the_keys_that_made_it(hangul: str, keys: str) -> None:
    assert to_latin(hangul) == keys


@given(SYLLABLES)
def test_every_text_of_syllables_survives_the_way_to_latin_and_back(text: str) -> None:
    assert to_hangul(to_latin(text)) == text
    assert compose(strokes(text)) == text


def test_letters_keep_double_vowels_and_strokes_part_them() -> None:
    assert letters("왜 값 A") == "ㅇㅙ ㄱㅏㅄ A"
    assert strokes("왜 값 A") == "ㅇㅗㅐ ㄱㅏㅂㅅ A"


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [("ㅇ", "ㄴ", True), ("ㄱ", "ㄲ", True), ("ㅗ", "ㅎ", True), ("ㅂ", "ㅔ", False)],
)
def test_neighbours_touch_on_the_keyboard(one: str, other: str, near: bool) -> None:
    assert are_neighbours(one, other) is near
    assert are_neighbours(other, one) is near
