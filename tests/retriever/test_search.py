"""Search over small reports with the real analyser, encoder and FAISS."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.errors import NotFoundError
from retriever.analysis import KoreanAnalyzer
from retriever.encoder_base import Encoder
from retriever.fusion import RRF_K, WEIGHTS, normalised, weighted
from retriever.hit import SearchResult
from retriever.live_index import LiveIndex
from retriever.query_repair import Change, Slip
from retriever.search import Retriever
from retriever.search_options import Fusion, SearchOptions
from tests.retriever.desk import BEE, TEA, Desk, TokenlessModel, document

WEATHER = (
    "날씨 보고서\n\n1. 예보\n\n- 국립기상과학원(NIMS)의 예보를 쓰는 곳이 늘어남\n\n"
    "2. 관측\n\n- 국립기상과학원이 관측소를 옮김\n\n3. 장비\n\n- NVIDIA의 장비를 사들임\n"
)
DUST = "먼지 보고서\n\n1. 현황\n\n- 도로의 먼지가 늘어남\n\n2. 대책\n\n- 살수차가 물을 뿌림\n"
REPORTS = (TEA, BEE, WEATHER, DUST)
QUERIES = ("보성의 녹차 밭은 얼마나 넓어?", "벌꿀 생상량", "NIMS 관측소", "크툴루", "")


@pytest.fixture(scope="module")
def retriever(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder, analyzer: KoreanAnalyzer
) -> Retriever:
    desk = Desk(tmp_path_factory.mktemp("search"), encoder, analyzer)
    desk.update(*(document(text, f"{i}.txt") for i, text in enumerate(REPORTS)))
    return desk.live.current()


def every(retriever: Retriever, query: str, options: SearchOptions) -> SearchResult:
    return retriever.search(query, top_k=1000, options=options)


def texts(result: SearchResult) -> list[str]:
    return [hit.passage.text for hit in result.hits]


def test_hits_carry_all_signals_and_the_rank_by_each(retriever: Retriever) -> None:
    hits = every(retriever, "보성 녹차 재배 면적", SearchOptions()).hits
    assert len(hits) == 7
    for name in WEIGHTS:
        in_order = sorted(hits, key=lambda hit: hit.ranks[name])
        assert [hit.ranks[name] for hit in in_order] == list(range(1, len(hits) + 1))
        scores = [hit.scores[name] for hit in in_order]
        assert scores == sorted(scores, reverse=True)
    assert all(set(hit.scores) == set(hit.ranks) == set(WEIGHTS) for hit in hits)
    best = hits[0]
    assert "1,050ha" in best.passage.text
    assert best.scores["coverage"] == pytest.approx(1)
    assert set(best.ranks.values()) == {1}
    assert len(best.sentences) == len(best.passage.sentences)
    assert best.scores["late"] > 0.5


def test_the_order_is_that_of_the_weighted_signals(retriever: Retriever) -> None:
    result = every(retriever, "녹차와 벌꿀의 생산량", SearchOptions())
    lists: dict[str, NDArray[np.float32]] = {
        name: np.array([hit.scores[name] for hit in result.hits], dtype=np.float32)
        for name in WEIGHTS
    }
    fused = weighted({name: normalised(name, own) for name, own in lists.items()}, WEIGHTS)
    scores = [hit.score for hit in result.hits]
    np.testing.assert_allclose(scores, fused, atol=1e-5)
    assert scores == sorted(scores, reverse=True)
    assert 0 <= scores[-1] < scores[0] <= 1 + 1e-6


def test_one_signal_alone_gives_its_own_order(retriever: Retriever) -> None:
    for name in WEIGHTS:
        hits = every(retriever, "국립기상과학원 관측소", SearchOptions(weights={name: 1.0})).hits
        assert [hit.ranks[name] for hit in hits] == list(range(1, len(hits) + 1))


def test_rank_fusion_is_an_option(retriever: Retriever) -> None:
    names = ("morpheme", "dense")
    options = SearchOptions(weights=dict.fromkeys(names, 1.0), fusion=Fusion.RANK)
    hits = every(retriever, "벌꿀 생산량", options).hits
    expected = [sum(1 / (RRF_K + hit.ranks[name]) for name in names) for hit in hits]
    assert [hit.score for hit in hits] == pytest.approx(expected, rel=1e-5)
    assert expected == sorted(expected, reverse=True)


def test_weights_that_name_no_signal_are_refused(retriever: Retriever) -> None:
    with pytest.raises(ValueError, match="no known signal"):
        retriever.search("녹차", options=SearchOptions(weights={"bm25": 1.0}))


def test_a_slip_is_mended_and_named(retriever: Retriever) -> None:
    result = retriever.search("벌꿀 생상량")
    assert result.changes == (Change("생상량", "생산량", Slip.SPELLING),)
    assert result.query == "벌꿀 생산량"
    assert result.unknown_terms == ()
    assert "2만 7천 톤" in texts(result)[0]
    as_typed = retriever.search("벌꿀 생상량", options=SearchOptions(repair=False))
    assert (as_typed.query, as_typed.changes) == ("벌꿀 생상량", ())
    assert as_typed.unknown_terms


def test_a_question_without_slips_is_searched_as_typed(retriever: Retriever) -> None:
    result = retriever.search("벌꿀  생산량은?")
    assert (result.query, result.changes) == ("벌꿀  생산량은?", ())


@pytest.mark.parametrize(
    ("asked", "other"),
    [("NIMS의 예보", "국립기상과학원"), ("국립기상과학원의 예보", "NIMS")],
)
def test_what_has_two_names_is_found_by_either(
    retriever: Retriever, asked: str, other: str
) -> None:
    result = retriever.search(asked)
    assert result.other_names == (other,)
    assert result.unknown_terms == ()
    assert result.unknown_names == ()
    assert "예보를 쓰는 곳" in texts(result)[0]


def test_another_name_finds_passages_that_write_only_that(retriever: Retriever) -> None:
    def place(options: SearchOptions) -> tuple[float, tuple[str, ...]]:
        hits = every(retriever, "NIMS", options).hits
        (hit,) = (hit for hit in hits if "관측소를 옮김" in hit.passage.text)
        return hit.scores["morpheme"], hit.matched_terms

    score, terms = place(SearchOptions())
    assert score > 0
    assert terms == ("국립기상과학원",)
    assert place(SearchOptions(expand=False)) == (0, ())


def test_a_name_in_the_other_script_is_found(retriever: Retriever) -> None:
    result = retriever.search("엔비디아")
    assert result.other_names == ("nvidia",)
    assert result.unknown_terms == ()
    assert "NVIDIA" in texts(result)[0]
    assert result.hits[0].matched_terms == ("nvidia",)
    plain = retriever.search("엔비디아", options=SearchOptions(expand=False))
    assert plain.other_names == ()
    assert plain.unknown_terms == ("엔비디아",)


def test_words_that_stand_nowhere_are_named(retriever: Retriever) -> None:
    result = retriever.search("크툴루 녹차")
    assert result.unknown_terms == ("크툴루",)
    assert set(result.terms) == {"크툴루", "녹차"}
    assert result.terms["크툴루"] > result.terms["녹차"] > 0
    assert result.hits[0].scores["coverage"] < 0.6


@pytest.mark.parametrize(
    "query", ["", "  \n", "?!…", "\ud83d", "\u200b", "🍵", "ﷺ", "\x00", "①", "크툴루 슈바르츠"]
)
def test_a_question_of_nothing_known_is_answered_by_likeness_alone(
    retriever: Retriever, query: str
) -> None:
    result = retriever.search(query, top_k=3)
    assert len(result.hits) == 3
    assert all(np.isfinite([hit.score, *hit.scores.values()]).all() for hit in result.hits)
    assert {hit.scores["coverage"] for hit in result.hits} == {0}
    assert {hit.matched_terms for hit in result.hits} == {()}


@pytest.mark.parametrize(("top_k", "found"), [(0, 0), (1, 1), (4, 4), (7, 7), (1000, 7)])
def test_at_most_top_k_are_given(retriever: Retriever, top_k: int, found: int) -> None:
    result = retriever.search("현황", top_k=top_k)
    assert len(result.hits) == found
    assert texts(result) == texts(every(retriever, "현황", SearchOptions()))[:found]


def test_only_the_documents_asked_for_are_searched(retriever: Retriever) -> None:
    bee, dust = document(BEE, "1.txt").id, document(DUST, "3.txt").id
    only = retriever.search("보성 녹차 재배 면적", document_ids=[bee])
    assert [hit.document.id for hit in only.hits] == [bee]
    both = retriever.search("보성 녹차 재배 면적", document_ids=[dust, bee, bee])
    assert {hit.document.id for hit in both.hits} == {bee, dust}
    assert len(both.hits) == 3
    with pytest.raises(NotFoundError) as failure:
        retriever.search("녹차", document_ids=[bee, "doc_없음"])
    assert failure.value.code == "document_not_found"


def test_a_document_that_is_set_aside_has_nothing_to_find(desk: Desk) -> None:
    front = "---\ntitle: 녹차 요약\noriginal_title: 녹차 재배 보고서\n---\n"
    restated = document(front + "1. 요약\n\n- 녹차 재배 면적이 넓다\n", "요약.md")
    desk.update(document(TEA), restated)
    assert desk.live.current().search("녹차", document_ids=[restated.id]).hits == ()


def test_passages_of_the_same_words_are_given_once(desk: Desk) -> None:
    same = TEA.partition("\n")[2]
    desk.update(*(document(f"{n}월 보고서\n{same}", f"{n}.txt") for n in "1234"))
    result = desk.live.current().search("보성 녹차 재배 면적")
    assert len(result.hits) == 1


def test_many_repeats_do_not_crowd_out_other_passages(desk: Desk) -> None:
    same = TEA.partition("\n")[2]
    many = [document(f"{n}호 보고서\n{same}", f"{n}.txt") for n in range(15)]
    desk.update(*many, document(BEE, "양봉.txt"))
    assert len(desk.live.current().search("보성 녹차 재배 면적").hits) == 2


def test_the_same_words_under_another_heading_are_another_passage(desk: Desk) -> None:
    text = "차 보고서\n\n1. 보성\n\n- 면적은 1,050ha임\n\n2. 하동\n\n- 면적은 1,050ha임\n"
    desk.update(document(text))
    hits = desk.live.current().search("하동과 보성의 면적").hits
    assert {hit.passage.heading_path for hit in hits} == {("보성",), ("하동",)}


def test_an_index_of_one_passage(desk: Desk) -> None:
    desk.update(document(BEE))
    for query in QUERIES:
        (hit,) = desk.live.current().search(query).hits
        assert "벌꿀" in hit.passage.text
        assert set(hit.ranks.values()) == {1}
        assert np.isfinite(hit.score)


def test_a_model_without_token_vectors_serves_too(desk: Desk) -> None:
    model = TokenlessModel(desk.encoder)
    desk.update(document(TEA), document(BEE, "양봉.txt"), encoder=model)
    live = LiveIndex(desk.root, model, desk.analyzer)
    first, second = live.current().search("벌꿀 생산량은?").hits
    assert "벌꿀" in first.passage.text
    assert (first.scores["late"], second.scores["late"]) == (0, 0)
    assert {match.late for match in first.sentences} == {0}


def test_headings_can_be_left_out_of_the_index(desk: Desk) -> None:
    def found() -> tuple[tuple[str, ...], float]:
        hit = desk.live.current().search("재배 현황").hits[0]
        return hit.matched_terms, hit.scores["coverage"]

    desk.update(document(TEA), headings=False)
    assert found()[0] == ("재배",)
    bare = found()[1]
    desk.update(rebuild=True)
    assert found()[0] == ("재배", "현황", "재배현황")
    assert bare < found()[1] == pytest.approx(1)


def test_headings_that_are_missing_are_put_in_by_the_next_ingestion(desk: Desk) -> None:
    desk.update(document(TEA), headings=False)
    assert desk.update(document(TEA)).published


class Scripted:
    """Prefers passages with a word, and keeps what it was asked."""

    name = "각본"

    def __init__(self, word: str) -> None:
        self.word = word
        self.asked: list[tuple[str, list[str]]] = []

    def scores(self, query: str, passages: Sequence[str]) -> NDArray[np.float32]:
        self.asked.append((query, list(passages)))
        return np.array([0.9 if self.word in p else 0.1 for p in passages], dtype=np.float32)


def test_a_reranker_changes_the_order(desk: Desk) -> None:
    desk.update(*(document(text, f"{i}.txt") for i, text in enumerate(REPORTS)))
    plain = desk.live.current().search("보성 녹차 재배 면적")
    reranker = Scripted("살수차")
    live = LiveIndex(desk.root, desk.encoder, desk.analyzer, reranker=reranker)
    result = live.current().search("보성 녹차 재베 면적")
    assert "살수차" in texts(result)[0]
    assert "1,050ha" in texts(plain)[0]
    assert sorted(texts(result)) == sorted(texts(plain))
    assert [hit.score for hit in result.hits] == sorted(
        (hit.score for hit in result.hits), reverse=True
    )
    ((query, read),) = reranker.asked
    assert query == result.query
    assert read[0] == "녹차 재배 보고서 > 재배 현황\n" + texts(plain)[0]
    assert ("rerank" in result.timings_ms, "rerank" in plain.timings_ms) == (True, False)


def test_a_reranker_that_prefers_none_leaves_the_order(desk: Desk) -> None:
    desk.update(*(document(text, f"{i}.txt") for i, text in enumerate(REPORTS)))
    live = LiveIndex(desk.root, desk.encoder, desk.analyzer, reranker=Scripted("없는 말"))
    for query in QUERIES:
        assert texts(live.current().search(query)) == texts(desk.live.current().search(query))


def seen(retriever: Retriever, query: str) -> tuple[object, ...]:
    result = retriever.search(query)
    hits = [(hit.passage.id, hit.score, dict(hit.scores), hit.matched_terms) for hit in result.hits]
    return hits, result.query, result.other_names, result.unknown_terms, result.unknown_names


def test_eight_threads_find_what_one_finds(retriever: Retriever) -> None:
    alone = {query: seen(retriever, query) for query in QUERIES}
    asked = [*QUERIES] * 16
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda query: seen(retriever, query), asked))
    assert found == [alone[query] for query in asked]


def test_an_index_built_anew_finds_the_same(
    tmp_path: Path, encoder: Encoder, analyzer: KoreanAnalyzer, retriever: Retriever
) -> None:
    again = Desk(tmp_path, encoder, analyzer)
    again.update(*(document(text, f"{i}.txt") for i, text in enumerate(REPORTS)))
    for query in QUERIES:
        assert seen(again.live.current(), query) == seen(retriever, query)


@pytest.mark.parametrize("part", [lambda r: r.timings_ms, lambda r: r.generation])
def test_results_say_how_they_came_about(
    retriever: Retriever, part: Callable[[SearchResult], object]
) -> None:
    assert part(retriever.search("녹차"))
