from dataclasses import replace
from typing import Any

import pytest

from eval.gold_set import Evidence, GoldQuestion
from eval.score import score, summarise

GOLD = GoldQuestion(
    id="q1",
    question="비율은?",
    type="factoid_number",
    answer="91.7%",
    must_include=(("91.7",),),
    must_not_include=(),
    evidence=(Evidence("a.md", "대기업이 91.7%"),),
    history=(),
    answerable=True,
    paraphrased=False,
    split="test",
)
UNANSWERABLE = replace(GOLD, id="q2", must_include=(), evidence=(), answerable=False)


def body(answer: str, *, answerable: bool = True, quote: str = "대기업이 91.7%") -> dict[str, Any]:
    citation = {"quote": quote, "passage": f"앞 {quote} 뒤", "start": 2, "end": 2 + len(quote)}
    return {
        "answer": answer,
        "answerable": answerable,
        "citations": [citation],
        "confidence": 0.9,
    }


def test_a_right_answer_holds_what_it_must_and_cites_the_evidence() -> None:
    row = score(GOLD, body("91.7%임 [1]"), 10)
    assert (row.right, row.cited, row.cited_all, row.exact) == (True, True, True, True)


def test_a_wrong_figure_a_wrong_quote_and_a_refusal_are_no_right_answers() -> None:
    assert not score(GOLD, body("91.75%임"), 10).right
    assert not score(GOLD, body("91.7%", quote="다른 말"), 10).cited
    refused = score(GOLD, body("못 찾음", answerable=False), 10)
    assert (refused.right, refused.cited) == (False, False)


def test_an_unanswerable_question_is_right_when_refused() -> None:
    assert score(UNANSWERABLE, body("못 찾음", answerable=False), 10).right
    assert not score(UNANSWERABLE, body("91.7%"), 10).right


def test_a_forbidden_word_spoils_any_answer() -> None:
    gold = replace(UNANSWERABLE, must_not_include=("비밀",))
    assert not score(gold, body("비밀을 말함", answerable=False), 10).right


def test_a_quote_off_its_offsets_is_noticed() -> None:
    shifted = body("91.7%")
    shifted["citations"][0]["start"] += 1
    assert not score(GOLD, shifted, 10).exact


def test_the_summary_counts_shares_of_the_questions_concerned() -> None:
    rows = [
        score(GOLD, body("91.7%"), 10),
        score(GOLD, body("못 찾음", answerable=False), 30),
        score(UNANSWERABLE, body("못 찾음", answerable=False), 20),
        score(UNANSWERABLE, body("91.7%"), 40),
    ]
    found = summarise(rows)
    assert found["right"] == pytest.approx(1 / 2)
    assert found["refusal_recall"] == pytest.approx(1 / 2)
    assert found["refusal_precision"] == pytest.approx(1 / 2)
    assert found["answerable_refused"] == pytest.approx(1 / 2)
    assert found["p50_ms"] == pytest.approx(30)
