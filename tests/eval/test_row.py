from dataclasses import replace
from typing import Any

import pytest

from eval.gold_set import Evidence
from eval.reply import FoundPassage, Reply
from eval.row import Row, Scorer
from retriever.analysis import KoreanAnalyzer
from tests.eval.made import GOLD, PASSAGES, UNANSWERABLE, cited, refusal, reply


@pytest.fixture(scope="module")
def scorer(analyzer: KoreanAnalyzer) -> Scorer:
    return Scorer(PASSAGES, analyzer.morphemes)


def judged(scorer: Scorer, answer: Reply, **gold: Any) -> Row:
    return scorer.row(replace(GOLD, **gold), answer)


def test_a_right_answer_holds_what_it_must_and_cites_the_evidence(scorer: Scorer) -> None:
    row = judged(scorer, reply())
    assert (row.right, row.cited, row.cited_all, row.sentence_hit, row.exact) == (True,) * 5
    assert (row.id, row.split, row.refused, row.refusal_reason) == ("q1", "test", False, None)
    assert row.answer_chars == len("대기업이 91.7%")
    assert row.citations == [{"quote": "대기업이 91.7%", "passage_id": "p2", "title": "보고서"}]


def test_wrong_figures_wrong_quotes_and_refusals_are_no_right_answers(scorer: Scorer) -> None:
    assert not judged(scorer, reply("91.75%임 [1]")).right
    assert not judged(scorer, reply(citations=(cited("다른 말"),))).cited
    refused = judged(scorer, refusal())
    assert (refused.right, refused.cited, refused.sentence_hit) == (False, False, False)
    assert (refused.char_f1, refused.morpheme_f1, refused.citation_recall) == (0.0, 0.0, None)


def test_figures_are_compared_by_value(scorer: Scorer) -> None:
    text = "수출은 2만 6천 명 [1]"
    assert judged(scorer, reply(text), must_include=(("26,000명",),)).right


def test_an_unanswerable_question_is_right_when_refused(scorer: Scorer) -> None:
    right = scorer.row(UNANSWERABLE, refusal())
    assert right.right
    assert (right.char_f1, right.passage_rank, right.evidence_ranks) == (None, None, [])
    assert not scorer.row(UNANSWERABLE, reply()).right
    unwanted = replace(UNANSWERABLE, must_not_include=("찾지",))
    assert not scorer.row(unwanted, refusal()).right


def test_each_piece_of_evidence_counts_for_cited_all(scorer: Scorer) -> None:
    other = Evidence("a.md", "중소기업이 8.3%")
    row = judged(scorer, reply(), evidence=(*GOLD.evidence, other))
    assert (row.cited, row.cited_all) == (True, False)


def test_only_what_a_sentence_cites_is_its_evidence(scorer: Scorer) -> None:
    answer = reply(citations=(cited("다른 말"), cited(marker=2)), sentence_markers=((1,),))
    row = judged(scorer, answer)
    assert (row.cited, row.sentence_hit) == (True, False)


def test_a_quote_off_its_offsets_is_noticed(scorer: Scorer) -> None:
    assert not judged(scorer, reply(citations=(cited(start=3),))).exact


def test_ranks_are_those_of_the_passages_that_hold_the_quotes(scorer: Scorer) -> None:
    nowhere = Evidence("a.md", "어느 단락에도 없는 글")
    row = judged(scorer, reply(), evidence=(nowhere, *GOLD.evidence))
    assert row.relevant == [[], ["p2"]]  # over the line break in p2
    assert row.evidence_ranks == [None, 2]
    assert row.passage_rank == 2
    assert [hit["rank"] for hit in row.hits] == [1, 2]
    missed = judged(scorer, reply(hits=(FoundPassage("p3", 0.8),)))
    assert missed.passage_rank is None


def test_citations_must_support_what_is_said(scorer: Scorer) -> None:
    assert judged(scorer, reply()).citation_recall == 1
    invented = judged(scorer, reply("중소기업이 12%를 수출함 [1]"))
    assert (invented.citation_recall, invented.citation_precision) == (0, 0)


def test_an_answer_like_the_model_answer_has_a_higher_f1(scorer: Scorer) -> None:
    same, other = judged(scorer, reply()), judged(scorer, reply("전혀 다른 이야기 [1]"))
    assert same.char_f1 is not None
    assert other.char_f1 is not None
    # 대기업이91.7 is seven signs without the stop and the percent; the model answer has three more.
    assert same.char_f1 == pytest.approx(2 * 7 / (7 + 10))
    assert same.morpheme_f1 == 1
    assert other.morpheme_f1 == 0


def test_what_is_not_known_stays_unknown(scorer: Scorer) -> None:
    row = judged(scorer, reply(top_similarity=None, coverage=None, hits=()))
    assert (row.top_similarity, row.coverage, row.top_score) == (None, None, None)
