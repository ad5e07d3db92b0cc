from concurrent.futures import ThreadPoolExecutor

import pytest

from retriever.analysis import MAX_PIECE_CHARS, KoreanAnalyzer, bigrams


@pytest.fixture(scope="module")
def analyzer() -> KoreanAnalyzer:
    return KoreanAnalyzer()


def terms(analyzer: KoreanAnalyzer, text: str) -> list[str]:
    return analyzer.morphemes([text])[0]


def test_particles_and_endings_do_not_matter(analyzer: KoreanAnalyzer) -> None:
    assert set(terms(analyzer, "기술이 발전했다")) == set(terms(analyzer, "기술을 발전하는"))


def test_a_compound_is_found_whole_and_in_parts(analyzer: KoreanAnalyzer) -> None:
    together, apart = terms(analyzer, "신약개발"), terms(analyzer, "신약 개발")
    assert {"신약", "개발", "신약개발"} <= set(together)
    assert set(together) == set(apart)


def test_an_affix_keeps_to_its_word(analyzer: KoreanAnalyzer) -> None:
    assert {"대기업", "기업"} <= set(terms(analyzer, "대기업이"))
    assert {"한국형", "한국"} <= set(terms(analyzer, "한국형 멜로디"))


def test_latin_names_are_lower_case_and_whole(analyzer: KoreanAnalyzer) -> None:
    assert "k-melloddy" in terms(analyzer, "K-MELLODDY는")
    assert "r&d" in terms(analyzer, "Ｒ＆Ｄ 예산")
    assert "glp-1" in terms(analyzer, "GLP-1 작용제")


def test_a_number_and_the_letter_behind_it_are_a_name_and_no_measure(
    analyzer: KoreanAnalyzer,
) -> None:
    assert {"5g", "통신망"} <= set(terms(analyzer, "차세대 5G 통신망"))
    assert "g" not in terms(analyzer, "차세대 5G 통신망")
    assert {"#10", "kg"} <= set(terms(analyzer, "쌀 10kg"))
    assert analyzer.phrases("5G 통신망은 무엇인가요?") == ["5", "5G 통신망"]


def test_numbers_are_one_term_in_any_writing(analyzer: KoreanAnalyzer) -> None:
    assert "#430000000000원" in terms(analyzer, "4,300억 원")
    assert "#430000000000원" in terms(analyzer, "4천300억원")
    assert "#3차원" in terms(analyzer, "3D 구조")
    assert "#3차원" in terms(analyzer, "3차원 구조")
    assert "#3차원" not in terms(analyzer, "3DS와 3 D")


def test_question_words_are_no_terms(analyzer: KoreanAnalyzer) -> None:
    assert terms(analyzer, "그것은 무엇인가요?") == []


def test_a_medicine_is_a_term_and_about_is_none(analyzer: KoreanAnalyzer) -> None:
    assert "약" in terms(analyzer, "유전자로 만드는 약을 빨리 내놓음")
    assert {"신약", "약"} <= set(terms(analyzer, "신약 후보 탐색"))
    assert "약" not in terms(analyzer, "약 45억 달러 규모")


def test_a_word_of_the_corpus_is_not_glued_to_its_particle(analyzer: KoreanAnalyzer) -> None:
    def read(text: str, *held: str) -> list[str]:
        return analyzer.morphemes([text], frozenset(held))[0]

    assert "바이오로" in read("대전에 바이오로 회사 차리고 싶어")
    assert "바이오" in read("대전에 바이오로 회사 차리고 싶어", "바이오", "회사")
    assert "바이오" in read("AI도 알고 바이오도 아는 사람", "바이오")
    assert "바이오로" in read("대전에 바이오로 회사 차리고 싶어", "바이오", "바이오로")


def test_user_words_are_not_cut(analyzer: KoreanAnalyzer) -> None:
    with_name = KoreanAnalyzer(user_words=["힐리놀스"])
    assert "힐리놀스" in terms(with_name, "힐리놀스는 기업이다")
    assert with_name.settings.digest() != analyzer.settings.digest()


def test_odd_texts_are_safe(analyzer: KoreanAnalyzer) -> None:
    odd = ["", " \n\t", "ﷺ", "🙂" * 50, "\x00", "가" * (MAX_PIECE_CHARS * 3), "\ud800"]
    assert len(analyzer.morphemes(odd)) == len(odd)


def test_threads_get_what_one_thread_gets(analyzer: KoreanAnalyzer) -> None:
    texts = [f"{n}번째 보고서는 바이오산업의 현황을 다룬다" for n in range(40)]
    alone = [terms(analyzer, text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda text: terms(analyzer, text), texts)) == alone


def test_bigrams_survive_spacing_and_marks() -> None:
    expected = ["신약", "약개", "개발", "발r", "rd"]
    assert bigrams("신약 개발·R&D") == bigrams("신약개발 RD") == expected
    assert bigrams("가") == ["가"]
    assert bigrams(" ·") == []
