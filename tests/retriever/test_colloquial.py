from itertools import product

from kiwipiepy import Kiwi

from retriever.analysis import KoreanAnalyzer
from retriever.colloquial import NEAR, SAME, ColloquialTable, colloquial_table, thesaurus


def said(query: str, analyzer: KoreanAnalyzer) -> set[str]:
    table, terms = colloquial_table(), analyzer.morphemes([query])[0]
    standing = {word for words in table.stand_ins(terms).values() for word in words}
    return standing | set(table.report_words(query, terms))


def test_what_people_say_becomes_what_reports_write(analyzer: KoreanAnalyzer) -> None:
    assert {"예산", "투자"} <= said("그거 돈 얼마나 들어?", analyzer)
    assert "개발" in said("그건 누가 만들었어?", analyzer)
    assert "지원" in said("나라에서 돈 대주는 거 있어?", analyzer)
    assert "한계" in said("그래서 뭐가 문제야?", analyzer)
    assert "증가" in said("환자가 얼마나 늘었대?", analyzer)


def test_a_question_in_report_wording_stays_as_it_is(analyzer: KoreanAnalyzer) -> None:
    assert said("인공지능 예산 규모", analyzer) == set()


def test_a_report_word_is_met_by_another(analyzer: KoreanAnalyzer) -> None:
    terms = analyzer.morphemes(["누가 설립했고 직원은 몇 명이야?"])[0]
    standing = thesaurus().stand_ins(terms)
    assert {"세우/v", "창립"} <= standing["설립"].keys()
    assert "임직원" in standing["직원"]
    assert "인수" not in standing["설립"]


def test_words_of_the_question_are_not_repeated() -> None:
    table = ColloquialTable(same={"돈": ["예산", "비용"]}, phrases={"얼마나들": ["비용", "투자"]})
    terms = ["돈", "예산"]
    assert table.report_words("돈 얼마나 들어 예산은", terms) == ("비용", "투자")
    assert table.stand_ins(terms) == {"돈": {"비용": SAME}}


def test_a_word_that_is_surely_meant_counts_more() -> None:
    table = ColloquialTable(same={"돈": ["예산"]}, near={"돈": ["투자", "예산"]})
    assert table.stand_ins(["돈"]) == {"돈": {"투자": NEAR, "예산": SAME}}


def test_all_words_of_an_idiom_must_be_there() -> None:
    table = ColloquialTable(idioms={"발목 잡/v": ["제약"]})
    assert table.stand_ins(["발목", "잡/v"]) == {"발목": {"제약": SAME}, "잡/v": {"제약": SAME}}
    assert table.stand_ins(["발목"]) == {}


def test_every_key_is_a_term_that_the_analyser_makes(analyzer: KoreanAnalyzer) -> None:
    """A key that no question can have would be dead weight."""
    table, kiwi = thesaurus(), Kiwi(load_multi_dict=False)
    parts = {part for key in table.idioms for part in key.split()}
    keys = sorted(parts.union(table.same, table.near, table.denied))
    ways = list(product(("VV", "VA"), ("ㄴ다", "었어", "어", "나요")))
    for key in keys:
        stem = key.removesuffix("/v")
        said = [stem, *(f"그 {stem}{particle} 어때" for particle in ("은", "는", "이", "가"))]
        if stem != key:
            said = [
                kiwi.join([("그것", "NP"), ("을", "JKO"), (stem, tag), (end, "EF")])
                for tag, end in ways
            ]
        assert any(key in terms for terms in analyzer.morphemes(said)), key


def test_every_report_word_is_one_term(analyzer: KoreanAnalyzer) -> None:
    table = thesaurus()
    tables = (table.same, table.near, table.idioms, table.denied, table.phrases)
    words = {word for own in tables for found in own.values() for word in found}
    nouns = sorted(word for word in words if not word.endswith("/v"))
    for word, terms in zip(nouns, analyzer.morphemes(nouns), strict=True):
        assert word in terms, word


def test_no_word_stands_twice_for_another() -> None:
    table = thesaurus()
    for key, words in table.near.items():
        assert not set(words) & {key, *table.same.get(key, ())}, key
