from retriever.query import is_phrase, with_writings


def test_a_name_is_written_as_the_corpus_does_beside_it() -> None:
    assert with_writings("엔비디아는?", {"엔비디아": "nvidia"}) == "엔비디아(nvidia)는?"
    assert with_writings("삼성", {"엔비디아": "nvidia"}) == "삼성"


def test_a_latin_name_is_not_looked_for_inside_other_words() -> None:
    assert with_writings("email과 AI", {"ai": "인공지능"}) == "email과 AI(인공지능)"
    assert with_writings("things about", {"ngs": "염기서열 분석"}) == "things about"


def test_a_phrase_joins_two_other_terms() -> None:
    assert is_phrase("국내기업", {"국내", "기업"})
    assert not is_phrase("국내기업", {"국내"})
