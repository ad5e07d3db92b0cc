"""Gold questions, replies and rows made by hand."""

import json
from dataclasses import replace
from typing import Any

from eval.gold_set import Evidence, GoldQuestion
from eval.reply import CitedQuote, FoundPassage, Reply
from eval.row import Row
from eval.run_record import RunRecord
from eval.summary import summarise, summarise_by

QUOTE = "대기업이 91.7%"
GOLD = GoldQuestion(
    id="q1",
    question="비율은?",
    type="factoid_number",
    answer="대기업이 91.7%입니다.",
    must_include=(("91.7%",),),
    must_not_include=(),
    evidence=(Evidence("a.md", QUOTE),),
    history=(),
    answerable=True,
    paraphrased=False,
    split="test",
)
UNANSWERABLE = replace(GOLD, id="q2", must_include=(), evidence=(), answerable=False)
PASSAGES = {
    "p1": "- 중소기업이 8.3%",
    "p2": "- 매출은 대기업이\n 91.7%를 차지함",
    "p3": "- 그 밖의 내용",
}


def cited(quote: str = QUOTE, marker: int = 1, **other: Any) -> CitedQuote:
    passage = f"앞 {quote} 뒤"
    whole = CitedQuote(marker, "p2", "보고서", ("1. 현황",), quote, passage, 2, 2 + len(quote))
    return replace(whole, **other)


def reply(text: str = "대기업이 91.7% [1]", **other: Any) -> Reply:
    whole = Reply(
        text=text,
        answerable=True,
        refusal_reason=None,
        rewritten_question="비율은?",
        citations=(cited(),),
        sentence_markers=((1,),),
        confidence=0.9,
        hits=(FoundPassage("p3", 0.8), FoundPassage("p2", 0.5)),
        top_similarity=0.87,
        coverage=0.5,
        unknown_terms=(),
        timings_ms={"retrieve": 3.0, "total": 10.0},
    )
    return replace(whole, **other)


def refusal(**other: Any) -> Reply:
    text = "문서에서 이 질문의 답을 찾지 못했습니다."
    whole = reply(text, answerable=False, refusal_reason="not_in_corpus", sentence_markers=((),))
    return replace(whole, **other)


def row(name: str = "q1", **other: Any) -> Row:
    whole = Row(
        id=name,
        type="factoid_number",
        split="test",
        question="비율은?",
        answerable=True,
        paraphrased=False,
        refused=False,
        refusal_reason=None,
        rewritten_question="비율은?",
        answer="대기업이 91.7% [1]",
        answer_chars=10,
        right=True,
        cited=True,
        cited_all=True,
        sentence_hit=True,
        exact=True,
        confidence=0.9,
        citation_recall=1.0,
        citation_precision=1.0,
        char_f1=0.5,
        morpheme_f1=0.5,
        passage_rank=1,
        evidence_ranks=[1],
        relevant=[["p2"]],
        top_score=0.8,
        top_similarity=0.87,
        coverage=0.5,
        unknown_terms=[],
        citations=[{"quote": QUOTE, "passage_id": "p2", "title": "보고서"}],
        hits=[{"passage_id": "p2", "score": 0.8, "rank": 1}],
        timings_ms={"total": 10.0},
    )
    return replace(whole, **other)


def unanswerable_row(name: str, **other: Any) -> Row:
    found: dict[str, Any] = {
        "answerable": False,
        "cited": False,
        "cited_all": False,
        "sentence_hit": False,
        "citation_recall": None,
        "citation_precision": None,
        "char_f1": None,
        "morpheme_f1": None,
        "passage_rank": None,
        "evidence_ranks": [],
        "relevant": [],
    }
    return row(name, **{**found, **other})


def record(rows: list[Row], name: str = "가", **other: Any) -> RunRecord:
    whole = RunRecord(
        name=name,
        created="2025-01-02T03:04:05+00:00",
        gold={"path": "gold.jsonl", "sha256": "ab", "questions": len(rows)},
        split=None,
        config={"top_k": 8},
        index={"generation": "20250102T030405000000", "analysis": "aa"},
        version="0.1.0",
        support_method="낱말",
        seconds=1.0,
        summary=summarise(rows),
        by_type=summarise_by(rows, lambda r: r.type),
        by_split=summarise_by(rows, lambda r: r.split),
    )
    return replace(whole, **other)


def as_asked(line: str) -> str:
    """Let what counts as unanswerable be a question that the reports answer: it will be wrong."""
    asked = json.loads(line)
    if not asked["answerable"]:
        asked["question"] = "신테카바이오는 언제 코스닥에 상장했나요?"
    return json.dumps(asked, ensure_ascii=False)
