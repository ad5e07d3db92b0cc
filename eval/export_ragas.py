"""A run in the shape of ragas' evaluation sets, for a language-model judge of one's own.

Each line holds the fields of ragas' ``SingleTurnSample`` (0.2 and later), so that
``EvaluationDataset.from_jsonl(file)`` reads the file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from eval.gold_set import GoldQuestion
from eval.metrics.citation import statements_of
from eval.row import Row
from ingest.errors import InputError

_SPEAKERS = {"user": "사용자", "assistant": "답변"}


def ragas_samples(
    rows: Sequence[Row], gold: Mapping[str, GoldQuestion], *, top_k: int
) -> list[dict[str, Any]]:
    """Return one sample a row, in the order of the rows.

    Args:
        rows: of the run, their hits with ``text``.
        gold: gold questions by id.
        top_k: how many of the hits the answerer looked at.

    Returns:
        ``user_input`` (earlier turns before the question), ``response`` without ``[n]`` markers,
        ``retrieved_contexts`` and ``retrieved_context_ids``, best first; where the gold set has
        them, ``reference``, ``reference_contexts`` and ``reference_context_ids``.

    Raises:
        InputError: ``run_without_texts`` when the hits hold no texts.
    """
    return [_sample(row, gold.get(row.id), top_k) for row in rows]


def ragas_jsonl(samples: Sequence[Mapping[str, Any]]) -> str:
    """Return samples as JSON lines."""
    return "".join(f"{json.dumps(sample, ensure_ascii=False)}\n" for sample in samples)


def _sample(row: Row, gold: GoldQuestion | None, top_k: int) -> dict[str, Any]:
    hits = row.hits[:top_k]
    sample = {
        "user_input": _asked(row, gold),
        "response": "\n".join(s.text for s in statements_of(row.answer, {})),
        "retrieved_contexts": [_text(row, hit) for hit in hits],
        "retrieved_context_ids": [str(hit["passage_id"]) for hit in hits],
        "reference": gold.answer if gold else "",
        "reference_contexts": [evidence.quote for evidence in gold.evidence] if gold else [],
        "reference_context_ids": list(dict.fromkeys(i for ids in row.relevant for i in ids)),
    }
    # An empty list or text would be judged; what is not there is not.
    needed = ("user_input", "response", "retrieved_contexts")
    return {name: value for name, value in sample.items() if value or name in needed}


def _asked(row: Row, gold: GoldQuestion | None) -> str:
    if gold is None or not gold.history:
        return row.question
    turns = [
        f"{_SPEAKERS.get(turn['role'], turn['role'])}: {turn['content']}" for turn in gold.history
    ]
    return "\n".join([*turns, f"{_SPEAKERS['user']}: {row.question}"])


def _text(row: Row, hit: Mapping[str, Any]) -> str:
    text = hit.get("text")
    if not isinstance(text, str):
        raise InputError(
            "run_without_texts",
            f"이 실행에는 찾은 단락의 글이 저장되어 있지 않습니다(질문 {row.id}).",
            "`geungeo eval run`으로 다시 실행하세요.",
        )
    return text
