from itertools import product

from kiwipiepy import Kiwi

from retriever.analysis import KoreanAnalyzer
from retriever.colloquial import ColloquialTable, colloquial_table


def report_words(query: str, analyzer: KoreanAnalyzer) -> tuple[str, ...]:
    return colloquial_table().report_words(query, analyzer.morphemes([query])[0])


def test_what_people_say_becomes_what_reports_write(analyzer: KoreanAnalyzer) -> None:
    assert {"예산", "투자"} <= set(report_words("그거 돈 얼마나 들어?", analyzer))
    assert "개발" in report_words("그건 누가 만들었어?", analyzer)
    assert "지원" in report_words("나라에서 돈 대주는 거 있어?", analyzer)
    assert "한계" in report_words("그래서 뭐가 문제야?", analyzer)


def test_a_question_in_report_wording_stays_as_it_is(analyzer: KoreanAnalyzer) -> None:
    assert report_words("인공지능 예산 규모", analyzer) == ()


def test_words_of_the_question_are_not_repeated() -> None:
    table = ColloquialTable(words={"돈": ["예산", "비용"]}, phrases={"얼마나들": ["비용", "투자"]})
    assert table.report_words("돈 얼마나 들어 예산은", ["돈", "예산"]) == ("비용", "투자")


def test_every_key_is_a_term_that_the_analyser_makes(analyzer: KoreanAnalyzer) -> None:
    """A key that no question can have would be dead weight."""
    kiwi = Kiwi(load_multi_dict=False)
    for key in colloquial_table().words:
        stem = key.removesuffix("/v")
        said = [stem, f"{stem}이 어때", f"그 {stem}은 어때"]
        if stem != key:
            ways = product(("VV", "VA"), ("ㄴ다", "었어", "어", "나요"))
            said = [
                kiwi.join([("그것", "NP"), ("을", "JKO"), (stem, tag), (end, "EF")])
                for tag, end in ways
            ]
        assert any(key in terms for terms in analyzer.morphemes(said)), key


def test_every_report_word_is_one_term(analyzer: KoreanAnalyzer) -> None:
    table = colloquial_table()
    words = {w for found in (*table.words.values(), *table.phrases.values()) for w in found}
    for word, terms in zip(sorted(words), analyzer.morphemes(sorted(words)), strict=True):
        assert word in terms, word
