"""A run as an evaluation set of ragas."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.export_ragas import ragas_jsonl, ragas_samples
from eval.gold_set import DEFAULT_GOLD
from ingest.errors import InputError
from tests.eval.conftest import RunCli
from tests.eval.made import GOLD, QUOTE, UNANSWERABLE, row, unanswerable_row

# Every field of SingleTurnSample in ragas 0.2 to 0.4.
FIELDS = {
    "user_input",
    "retrieved_contexts",
    "reference_contexts",
    "retrieved_context_ids",
    "reference_context_ids",
    "response",
    "multi_responses",
    "reference",
    "rubrics",
    "persona_name",
    "query_style",
    "query_length",
}
HITS = [
    {"passage_id": f"p{n}", "score": 1 / n, "rank": n, "text": f"단락 {n}"} for n in range(1, 4)
]


def test_a_row_becomes_a_sample() -> None:
    answer = "대기업이 91.7% [1]\n나머지는 8.3% [2]"
    rows = [row(answer=answer, hits=HITS, relevant=[["p2", "p9"], ["p2"]])]
    assert ragas_samples(rows, {"q1": GOLD}, top_k=2) == [
        {
            "user_input": "비율은?",
            "response": "대기업이 91.7%\n나머지는 8.3%",
            "retrieved_contexts": ["단락 1", "단락 2"],
            "retrieved_context_ids": ["p1", "p2"],
            "reference": GOLD.answer,
            "reference_contexts": [QUOTE],
            "reference_context_ids": ["p2", "p9"],
        }
    ]


def test_what_is_not_there_is_left_out() -> None:
    gold = {"q2": replace(UNANSWERABLE, answer="")}
    sample = ragas_samples([unanswerable_row("q2", hits=[])], gold, top_k=8)[0]
    assert set(sample) == {"user_input", "response", "retrieved_contexts"}
    assert sample["retrieved_contexts"] == []


def test_earlier_turns_stand_before_the_question() -> None:
    turns = ({"role": "user", "content": "앞 질문"}, {"role": "assistant", "content": "앞 답"})
    gold = {"q1": replace(GOLD, history=turns)}
    sample = ragas_samples([row(hits=HITS)], gold, top_k=8)[0]
    assert sample["user_input"] == "사용자: 앞 질문\n답변: 앞 답\n사용자: 비율은?"


def test_hits_without_text_are_refused() -> None:
    bare = [{"passage_id": "p1", "score": 1.0, "rank": 1}]
    with pytest.raises(InputError, match="단락의 글이 저장되어 있지 않습니다"):
        ragas_samples([row(hits=bare)], {}, top_k=8)


def test_a_line_holds_a_sample_whatever_it_says() -> None:
    odd = '줄\n바꿈\u2028과 "따옴표"'
    text = ragas_jsonl([{"user_input": odd}, {"user_input": "둘"}])
    assert [json.loads(line) for line in text.split("\n")[:-1]] == [
        {"user_input": odd},
        {"user_input": "둘"},
    ]


def test_a_real_run_is_exported(cli: RunCli, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    lines = DEFAULT_GOLD.read_text("utf-8").splitlines()
    gold.write_text("\n".join(x for x in lines if json.loads(x)["id"] in {"r003", "r228"}), "utf-8")
    assert cli("eval", "run", "--gold", str(gold), "--name", "하나").status == 0
    out = tmp_path / "표본.jsonl"
    assert cli("eval", "export-ragas", "하나", "--out", str(out)).status == 0
    assert cli("eval", "export-ragas", "하나").out == out.read_text("utf-8")
    samples = [json.loads(line) for line in out.read_text("utf-8").split("\n") if line]
    assert len(samples) == 2
    assert all(set(sample) <= FIELDS for sample in samples)
    first = samples[0]
    assert len(first["retrieved_contexts"]) == len(first["retrieved_context_ids"]) == 8
    assert any(first["reference_contexts"][0] in text for text in first["retrieved_contexts"])
    assert set(first["reference_context_ids"]) & set(first["retrieved_context_ids"])
    assert "[1]" not in first["response"]

    gold.write_text(gold.read_text("utf-8") + "\n", "utf-8")
    changed = cli("eval", "export-ragas", "하나")
    assert (changed.status, "질문 파일이 바뀌었습니다" in changed.err) == (1, True)
