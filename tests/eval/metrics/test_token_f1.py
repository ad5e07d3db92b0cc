from collections.abc import Sequence

import pytest

from eval.metrics.token_f1 import character_f1, content_morphemes, morpheme_f1
from retriever.analysis import KoreanAnalyzer


def words(texts: Sequence[str]) -> list[list[str]]:
    return [text.split() for text in texts]


def test_character_f1_is_over_characters_without_blanks() -> None:
    # 서울특별시(5) and 서울시(3) share 서, 울, 시: P = 3/5, R = 3/3, F1 = 2 · 0.6 · 1 / 1.6.
    assert character_f1("서울 특별시", ["서울시"]) == pytest.approx(0.75)
    # Repeats count as often as both hold them: 가가나 and 가나나 share 가 and 나: 2/3.
    assert character_f1("가가나", ["가나나"]) == pytest.approx(2 / 3)
    assert character_f1("《서울》", ["부산", "서울"]) == 1
    assert character_f1("부산", ["서울"]) == 0
    assert character_f1("", ["서울"]) == 0


def test_morpheme_f1_is_over_what_the_analyser_gives() -> None:
    # Two of three words are shared: P = 2/3, R = 2/2, F1 = 0.8.
    assert morpheme_f1("대전 바이오 클러스터", ["대전 바이오"], words) == pytest.approx(0.8)
    with pytest.raises(ValueError, match="no answers"):
        morpheme_f1("대전", [], words)


def test_particles_do_not_count_with_our_analyser() -> None:
    morphemes = KoreanAnalyzer().morphemes
    assert morpheme_f1("보건복지부에서", ["보건복지부가"], morphemes) == 1
    assert morpheme_f1("보건복지부에서", ["환경부에서"], morphemes) == 0


def test_grammar_is_left_out_of_tagged_morphemes() -> None:
    # 서울은 AI 도시입니다.
    tagged = [
        ("서울", "NNP"),
        ("은", "JX"),
        ("AI", "SL"),
        ("도시", "NNG"),
        ("이", "VCP"),
        ("ᆸ니다", "EF"),
        (".", "SF"),
    ]
    assert content_morphemes(tagged) == ["서울", "ai", "도시"]
