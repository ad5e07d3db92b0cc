import pytest

from retriever.aliases import Alias, AliasTable
from retriever.analysis import KoreanAnalyzer, bigrams
from retriever.colloquial import SAME, colloquial_table
from retriever.expansion import (
    ALIAS_WEIGHT,
    COLLOQUIAL_WEIGHT,
    NEGATIVE_WEIGHT,
    TRANSLITERATION_WEIGHT,
    QueryExpander,
    capped,
)
from retriever.lexical import LexicalIndex
from retriever.query import with_denials

PASSAGES = [
    "인공지능을 도입한 기업이 늘어남",
    "차세대 염기서열 분석의 값이 떨어짐",
    "NVIDIA의 매출이 커짐",
    "사업 예산은 30억 원임",
    "기업의 매출을 조사함",
]


@pytest.fixture(scope="module")
def expander(analyzer: KoreanAnalyzer) -> QueryExpander:
    aliases = [
        Alias("AI", "인공지능"),
        Alias("NGS", "차세대 염기서열 분석"),
        Alias("DX", "디지털 전환"),
    ]
    return QueryExpander(
        AliasTable(aliases),
        colloquial_table(),
        analyzer,
        LexicalIndex.build(analyzer.morphemes(PASSAGES)),
        LexicalIndex.build([bigrams(passage) for passage in PASSAGES]),
    )


def terms(query: str, analyzer: KoreanAnalyzer) -> list[str]:
    return analyzer.morphemes([query])[0]


def test_another_name_is_searched_for(expander: QueryExpander, analyzer: KoreanAnalyzer) -> None:
    found = expander.expand("AI 도입", terms("AI 도입", analyzer))
    assert found.names == ("인공지능",)
    assert found.writings == {"ai": "인공지능"}
    assert set(found.grams) == {"인공", "공지", "지능"}


def test_another_name_of_one_that_is_known_weighs_less(analyzer: KoreanAnalyzer) -> None:
    passages = [*PASSAGES, "AI 예산이 늘어남"]
    both = QueryExpander(
        AliasTable([Alias("AI", "인공지능")]),
        colloquial_table(),
        analyzer,
        LexicalIndex.build(analyzer.morphemes(passages)),
        LexicalIndex.build([bigrams(passage) for passage in passages]),
    )
    found = both.expand("AI 도입", terms("AI 도입", analyzer))
    assert set(found.terms) == {"인공", "지능", "인공지능"}
    assert max(found.terms.values()) <= ALIAS_WEIGHT
    assert found.writings == {}


def test_a_name_that_the_corpus_lacks_is_not(
    expander: QueryExpander, analyzer: KoreanAnalyzer
) -> None:
    assert expander.expand("DX 현황", terms("DX 현황", analyzer)).names == ()
    assert expander.expand("인공지능", terms("인공지능", analyzer)).names == ()


def test_a_long_name_weighs_no_more_than_the_short_one(analyzer: KoreanAnalyzer) -> None:
    index = LexicalIndex.build(analyzer.morphemes(PASSAGES))
    own, others = analyzer.morphemes(["NGS", "차세대 염기서열 분석"])
    weights = capped(own, others, index, 0.5)
    mass = sum(weight * index.idf(term) for term, weight in weights.items())
    assert len(weights) > 3
    assert mass == pytest.approx(0.5 * sum(index.idf(term) for term in own))


def test_nothing_known_weighs_nothing() -> None:
    index = LexicalIndex.build([["ㄱ"], ["ㄴ"]])
    assert capped(["ㄱ"], ["없음"], index, 0.5) == {}


def test_the_other_writing_of_an_unknown_name_is_searched_for(
    expander: QueryExpander, analyzer: KoreanAnalyzer
) -> None:
    found = expander.expand("엔비디아 매출", terms("엔비디아 매출", analyzer))
    assert found.names == ("nvidia",)
    assert found.writings == {"엔비디아": "nvidia"}
    assert found.known == {"엔비디아"}
    assert set(found.grams.values()) == {TRANSLITERATION_WEIGHT}


def test_report_words_for_a_wording_are_added_with_little_weight(
    expander: QueryExpander, analyzer: KoreanAnalyzer
) -> None:
    found = expander.expand("얼마나 들어?", terms("얼마나 들어?", analyzer))
    assert found.terms == {"예산": COLLOQUIAL_WEIGHT}
    assert found.names == ()


def test_a_report_word_that_the_corpus_holds_stands_in(
    expander: QueryExpander, analyzer: KoreanAnalyzer
) -> None:
    found = expander.expand("돈은 어디서 나와?", terms("돈은 어디서 나와?", analyzer))
    assert found.stand_ins == {"돈": {"예산": SAME}}
    assert found.terms == {}


@pytest.mark.parametrize(
    ("question", "term"),
    [
        ("로봇을 안 쓰는 곳은?", "쓰/v"),
        ("로봇을 활용하지 않는 곳은?", "활용"),
    ],
)
def test_what_is_denied_is_searched_for_with_its_prefix(
    question: str, term: str, analyzer: KoreanAnalyzer
) -> None:
    passages = ["로봇 미활용 농가는 비용을 꼽음", "로봇을 산 농가는 만족함"]
    expander = QueryExpander(
        AliasTable([]),
        colloquial_table(),
        analyzer,
        LexicalIndex.build(analyzer.morphemes(passages)),
        LexicalIndex.build([bigrams(passage) for passage in passages]),
    )
    found = expander.expand(question, terms(question, analyzer))
    assert found.terms == {"미활용": NEGATIVE_WEIGHT}
    assert found.stand_ins[term]["미활용"] == SAME
    (end, word), *_ = found.denials
    assert with_denials(question, [(end, word)]).split()[-2].endswith("는(미활용)")


def test_a_denying_word_is_known_where_what_it_denies_is(
    expander: QueryExpander, analyzer: KoreanAnalyzer
) -> None:
    assert "미도입" in expander.expand("미도입 기업", terms("미도입 기업", analyzer)).known
    assert "미활용" not in expander.expand("미활용 기업", terms("미활용 기업", analyzer)).known
