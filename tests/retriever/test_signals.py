"""Each signal by hand over three passages of short vectors, and the order they give together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from retriever.answer_form import sentence_forms
from retriever.dense import WHOLE_SHARE, DenseIndex
from retriever.encoder_base import TokenEmbedding
from retriever.expansion import Expansion
from retriever.fusion import RRF_K, WEIGHTS
from retriever.late_interaction import TokenIndex
from retriever.lexical import LexicalIndex
from retriever.query import Query, is_phrase
from retriever.search_options import DEFAULT_OPTIONS, Fusion, SearchOptions
from retriever.signals import RESCORED, Scored, SignalIndexes
from retriever.term_table import TermTable
from retriever.token_codes import TokenCodes
from tests.retriever.decoding import decoded

# Passage by passage its sentences' terms; the last passage has no sentence.
SENTENCES: list[list[list[str]]] = [[["녹차", "재배"], ["면적"]], [["벌꿀"], ["녹차"]], []]
TEXTS = ["녹차를 재배한다", "면적은 3톤", "벌꿀 20%", "녹차"]
ABOVE = ["보성", "하동", "제주"]
# cos of each row with the query (1, 0) is its first number.
VECTORS = [[0.6, 0.8], [0.8, 0.6], [0, 1], [0.28, 0.96], [0.96, 0.28], [0.6, -0.8], [1, 0]]
FIRST_ROWS = [0, 3, 6, 7]
TOKENS: list[list[list[float]]] = [[[1, 0], [0, 1]], [[0.6, 0.8]], [[0, -1]], [[-1, 0], [0.8, 0.6]]]
QUERY_TOKENS: list[list[float]] = [[1, 0], [0, 1]]
WORDS = {"녹차": 1.0, "면적": 2.0, "크툴루": 1.0}


def array(values: Sequence[Any]) -> NDArray[np.float32]:
    return np.array(values, dtype=np.float32)


@pytest.fixture
def indexes() -> SignalIndexes:
    parts = [
        [above, *(t for s in own for t in s)] for above, own in zip(ABOVE, SENTENCES, strict=True)
    ]
    morphemes = LexicalIndex.build(parts)
    rows = [sentence for own in SENTENCES for sentence in own]
    above = [[name] for name, own in zip(ABOVE, SENTENCES, strict=True) for _ in own]
    return SignalIndexes(
        morphemes=morphemes,
        grams=LexicalIndex.build([["녹차", "차재"], ["벌꿀"], ["녹차"]]),
        dense=DenseIndex.build(array(VECTORS), np.array(FIRST_ROWS, dtype=np.int64)),
        tokens=TokenIndex.of([TokenCodes.of(array(rows)) for rows in TOKENS]),
        sentence_terms=TermTable.of(rows, morphemes.vocabulary),
        context_terms=TermTable.of(above, morphemes.vocabulary),
        sentence_forms=sentence_forms(TEXTS),
    )


@pytest.fixture
def query() -> Query:
    return Query(
        text="녹차 면적은 크툴루",
        changes=(),
        terms=("녹차", "면적", "크툴루"),
        words=WORDS,
        grams=("녹차", "차면"),
        expansion=Expansion(terms={"하동": 0.3}, grams={"벌꿀": 0.5}),
        embedding=TokenEmbedding(array([1, 0]), array(QUERY_TOKENS)),
    )


def scored(
    indexes: SignalIndexes,
    query: Query,
    options: SearchOptions = DEFAULT_OPTIONS,
    allowed: Sequence[bool] | None = None,
) -> Scored:
    mask = None if allowed is None else np.array(allowed)
    found = indexes.score(query, options, mask, 5)
    assert found is not None
    return found


def test_bm25_takes_the_words_whole_and_the_expansion_in_part(
    indexes: SignalIndexes, query: Query
) -> None:
    signals = scored(indexes, query).signals
    term = {t: indexes.morphemes.scores({t: 1.0}) for t in ("녹차", "면적", "하동")}
    expected = term["녹차"] + term["면적"] + 0.3 * term["하동"]
    np.testing.assert_allclose(signals["morpheme"], expected, rtol=1e-6)
    gram = {g: indexes.grams.scores({g: 1.0}) for g in ("녹차", "벌꿀")}
    np.testing.assert_allclose(signals["bigram"], gram["녹차"] + 0.5 * gram["벌꿀"], rtol=1e-6)


def test_dense_is_the_best_sentence_and_a_share_of_the_whole(
    indexes: SignalIndexes, query: Query
) -> None:
    share = WHOLE_SHARE
    expected = [share * 0.6 + (1 - share) * 0.8, share * 0.28 + (1 - share) * 0.96, 1.0]
    np.testing.assert_allclose(scored(indexes, query).signals["dense"], expected, atol=1e-6)


def test_late_is_the_mean_of_the_passage_and_its_best_sentence(
    indexes: SignalIndexes, query: Query
) -> None:
    cosines = [decoded(TokenCodes.of(array(rows))) @ array(QUERY_TOKENS).T for rows in TOKENS]
    nearest = [found.max(axis=0) for found in cosines]
    expected = []
    for first, end in ((0, 2), (2, 4)):
        whole = np.max(nearest[first:end], axis=0).mean()
        best = max(found.mean() for found in nearest[first:end])
        expected.append((whole + best) / 2)
    np.testing.assert_allclose(scored(indexes, query).signals["late"], [*expected, 0], atol=1e-5)


def test_coverage_is_a_share_of_all_that_was_asked_unknown_words_too(
    indexes: SignalIndexes, query: Query
) -> None:
    signals = scored(indexes, query).signals
    # 녹차 1, 면적 2 and 크툴루 1 make 4: passage 0 holds 녹차 and 면적, passage 1 녹차.
    assert signals["coverage"].tolist() == [0.75, 0.25, 0]


def test_the_fused_score_is_the_weighted_sum_of_what_was_scaled(
    indexes: SignalIndexes, query: Query
) -> None:
    found = scored(indexes, query)
    ready: dict[str, NDArray[np.float32]] = dict(found.signals)
    for name in ("morpheme", "bigram"):
        ready[name] = found.signals[name] / found.signals[name].max()
    # There are fewer passages than the floor's rank: the last is the floor.
    for name in ("dense", "late", "answer_form"):
        low, high = found.signals[name].min(), found.signals[name].max()
        ready[name] = (found.signals[name] - low) / (high - low)
    expected = sum(weight * ready[name] for name, weight in WEIGHTS.items())
    np.testing.assert_allclose(found.fused, expected, rtol=1e-5)
    assert found.ordinals.tolist() == [0, 1, 2]


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ({"coverage": 1.0}, [0.75, 0.25, 0]),
        ({"coverage": 2.0}, [1.5, 0.5, 0]),
        ({"coverage": 1.0, "no such signal": 5.0, "late": 0.0}, [0.75, 0.25, 0]),
    ],
)
def test_only_weighted_signals_count(
    indexes: SignalIndexes, query: Query, weights: Mapping[str, float], expected: list[float]
) -> None:
    assert scored(indexes, query, SearchOptions(weights=weights)).fused.tolist() == expected


@pytest.mark.parametrize("weights", [{}, {"no such signal": 1.0}, {"late": 0.0}])
@pytest.mark.parametrize("fusion", Fusion)
def test_weights_that_name_no_signal_are_refused(
    indexes: SignalIndexes, query: Query, weights: Mapping[str, float], fusion: Fusion
) -> None:
    with pytest.raises(ValueError, match="no known signal"):
        scored(indexes, query, SearchOptions(weights=weights, fusion=fusion))


def test_rank_fusion_adds_reciprocal_ranks_of_the_named_signals(
    indexes: SignalIndexes, query: Query
) -> None:
    weights = {"dense": 1.0, "coverage": 0.001}
    found = scored(indexes, query, SearchOptions(weights=weights, fusion=Fusion.RANK))
    one, two, three = (1 / (RRF_K + rank) for rank in (1, 2, 3))
    # dense: passage 2 (1.0), 1 (.79), 0 (.75); coverage: 0, 1, 2.
    assert found.fused == pytest.approx([three + one, two + two, one + three], rel=1e-5)


def test_only_allowed_passages_are_scored(indexes: SignalIndexes, query: Query) -> None:
    found = scored(indexes, query, allowed=[False, True, False])
    assert found.ordinals.tolist() == [1]
    assert found.signals["coverage"].tolist() == [0.25]
    # Being alone it is the best and the worst at once, which must not divide by nothing.
    assert found.fused.tolist() == [pytest.approx(1 - 0.75 * WEIGHTS["coverage"])]


def test_nothing_allowed_is_nothing_found(indexes: SignalIndexes, query: Query) -> None:
    assert indexes.score(query, DEFAULT_OPTIONS, np.zeros(3, dtype=np.bool_), 5) is None


def test_sentences_say_how_they_meet_the_question(indexes: SignalIndexes, query: Query) -> None:
    asked = replace(query, terms=("녹차", "면적", "하동"))
    found = scored(indexes, asked)
    first, second = indexes.sentence_matches(asked, found, 1)
    assert (first.terms, second.terms) == (frozenset(), frozenset({"녹차"}))
    assert first.context_terms == second.context_terms == {"하동"}
    assert [first.similarity, second.similarity] == pytest.approx([0.96, 0.6])
    assert second.late == pytest.approx(float(found.late[1].sentences[1]))
    assert indexes.sentence_matches(asked, found, 2) == ()


def test_a_question_without_words_or_tokens_is_decided_by_its_vector(
    indexes: SignalIndexes, query: Query
) -> None:
    tokens = np.empty((0, 2), dtype=np.float32)
    bare = replace(
        query,
        terms=(),
        words={},
        grams=(),
        expansion=Expansion(),
        embedding=TokenEmbedding(array([1, 0]), tokens),
    )
    found = scored(indexes, bare)
    for name in ("morpheme", "bigram", "late", "coverage"):
        assert found.signals[name].tolist() == [0, 0, 0]
    assert int(found.fused.argmax()) == 2
    assert np.isfinite(found.fused).all()


def best_of_form(indexes: SignalIndexes, query: Query, question: str) -> list[float]:
    found = scored(indexes, replace(query, text=question))
    return [round(float(own), 2) for own in found.signals["answer_form"]]


def test_only_sentences_that_hold_what_is_asked_for_count(
    indexes: SignalIndexes, query: Query
) -> None:
    late = scored(indexes, query).late
    by_sentence = [[round(float(own), 2) for own in match.sentences] for match in late]
    worst = min(own for match in by_sentence for own in match)

    assert best_of_form(indexes, query, "녹차란?") == [
        max(by_sentence[0]),
        max(by_sentence[1]),
        worst,
    ]
    assert best_of_form(indexes, query, "녹차는 몇 톤?") == [by_sentence[0][1], worst, worst]
    assert best_of_form(indexes, query, "녹차는 몇 %?") == [worst, by_sentence[1][0], worst]


@pytest.fixture(scope="module")
def many() -> SignalIndexes:
    """Two hundred passages of one sentence each, all alike in words."""
    count = 200
    drawn = np.random.default_rng(3).normal(size=(count, 8)).astype(np.float32)
    unit = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    morphemes = LexicalIndex.build([["녹차"]] * count)
    return SignalIndexes(
        morphemes=morphemes,
        grams=LexicalIndex.build([["녹차"]] * count),
        dense=DenseIndex.build(np.repeat(unit, 2, axis=0), np.arange(count + 1) * 2),
        tokens=TokenIndex.of([TokenCodes.of(row[np.newaxis]) for row in unit]),
        sentence_terms=TermTable.of([["녹차"]] * count, morphemes.vocabulary),
        context_terms=TermTable.of([[]] * count, morphemes.vocabulary),
        sentence_forms=sentence_forms(["녹차"] * count),
    )


@pytest.fixture
def about_tea(query: Query) -> Query:
    vector = np.zeros(8, dtype=np.float32)
    vector[0] = 1
    return replace(
        query,
        terms=("녹차",),
        words={"녹차": 1.0},
        grams=("녹차",),
        embedding=TokenEmbedding(vector, vector[np.newaxis]),
    )


def test_more_is_scored_where_more_is_wanted(many: SignalIndexes, about_tea: Query) -> None:
    few = many.score(about_tea, DEFAULT_OPTIONS, None, 5)
    more = many.score(about_tea, DEFAULT_OPTIONS, None, RESCORED + 30)
    assert few is not None
    assert more is not None
    assert RESCORED <= few.ordinals.size < RESCORED + 30 <= more.ordinals.size
    assert set(few.ordinals.tolist()) < set(more.ordinals.tolist())


def test_the_nearest_by_meaning_is_scored_and_first_where_words_tell_nothing(
    many: SignalIndexes, about_tea: Query
) -> None:
    every = many.dense.similarities(about_tea.embedding.vector, np.arange(200))
    nearest = int(np.argmax([similar.score for similar in every]))
    found = many.score(about_tea, DEFAULT_OPTIONS, None, 5)
    assert found is not None
    assert int(found.ordinals[found.fused.argmax()]) == nearest


def test_a_term_that_joins_two_others_is_a_phrase() -> None:
    terms = ("국내", "기업", "국내기업", "업")
    assert [term for term in terms if is_phrase(term, terms)] == ["국내기업"]
