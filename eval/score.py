"""Scores a running service over HTTP on a gold set: ``python -m eval.score --help``."""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx

from eval.gold_set import GoldQuestion, read_gold
from eval.matching import hits_every_group, includes, is_evidence

DEFAULT_GOLD = Path(__file__).parent / "gold" / "reports.jsonl"
_TIMEOUT_SECONDS = 60.0

Ask = Callable[[GoldQuestion], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Row:
    """How one question went.

    Attributes:
        right: held all it must and nothing it must not, or was refused where it should be.
        cited: a citation stands on one of the evidence quotes; ``cited_all`` on each of them.
        exact: every quote stands at its offsets in its passage.
    """

    id: str
    type: str
    split: str
    question: str
    answer: str
    answerable: bool
    refused: bool
    right: bool
    cited: bool
    cited_all: bool
    exact: bool
    confidence: float
    ms: float


def score(gold: GoldQuestion, body: Mapping[str, Any], ms: float) -> Row:
    """Return the row of one answered question; ``body`` is the response of ``/v1/ask``."""
    refused = not body["answerable"]
    text = str(body["answer"])
    clean = not any(includes(text, unwanted) for unwanted in gold.must_not_include)
    quotes = [c["quote"] for c in body["citations"]] if not refused else []
    on_evidence = [any(is_evidence(q, e.quote) for q in quotes) for e in gold.evidence]
    right = (not refused and hits_every_group(text, gold.must_include)) == gold.answerable
    return Row(
        id=gold.id,
        type=gold.type,
        split=gold.split,
        question=gold.question,
        answer=text,
        answerable=gold.answerable,
        refused=refused,
        right=clean and (right if gold.answerable else refused),
        cited=any(on_evidence),
        cited_all=bool(on_evidence) and all(on_evidence),
        exact=all(c["passage"][c["start"] : c["end"]] == c["quote"] for c in body["citations"]),
        confidence=float(body["confidence"]),
        ms=ms,
    )


def summarise(rows: Sequence[Row]) -> dict[str, float]:
    """Return the figures of a run; shares are of the questions they concern."""
    answerable = [row for row in rows if row.answerable]
    unanswerable = [row for row in rows if not row.answerable]
    refused = [row for row in rows if row.refused]
    times = sorted(row.ms for row in rows)
    given = [len(row.answer) for row in answerable if not row.refused]
    return {
        "questions": len(rows),
        "right": _share([row.right for row in answerable]),
        "cited": _share([row.cited for row in answerable]),
        "cited_all": _share([row.cited_all for row in answerable]),
        "refusal_recall": _share([row.refused for row in unanswerable]),
        "refusal_precision": _share([not row.answerable for row in refused]),
        "answerable_refused": _share([row.refused for row in answerable]),
        "quotes_exact": _share([row.exact for row in rows]),
        "median_answer_chars": statistics.median(given) if given else 0.0,
        "p50_ms": times[len(times) // 2],
        "p95_ms": times[min(int(len(times) * 0.95), len(times) - 1)],
    }


def run(questions: Sequence[GoldQuestion], ask: Ask) -> list[Row]:
    """Ask every question in turn and score it."""
    rows = []
    for gold in questions:
        start = time.perf_counter()
        body = ask(gold)
        rows.append(score(gold, body, (time.perf_counter() - start) * 1000))
    return rows


def over_http(client: httpx.Client) -> Ask:
    """Return a function that asks the service behind ``client``."""

    def ask(gold: GoldQuestion) -> Mapping[str, Any]:
        request = {"question": gold.question, "history": list(gold.history)}
        response = client.post("/v1/ask", json=request)
        response.raise_for_status()
        body: Mapping[str, Any] = response.json()
        return body

    return ask


def main(arguments: Sequence[str] | None = None) -> int:
    """Score a service from the command line; returns the exit status."""
    options = _parser().parse_args(arguments)
    questions = read_gold(options.gold)
    if options.split:
        questions = [question for question in questions if question.split == options.split]
    if not questions:
        sys.stderr.write("채점할 질문이 없습니다. --gold와 --split을 확인하세요.\n")
        return 1
    try:
        with httpx.Client(base_url=options.url, timeout=_TIMEOUT_SECONDS) as client:
            ask = over_http(client)
            ask(questions[0])  # the first request also warms the service
            rows = run(questions, ask)
    except httpx.HTTPError as error:
        sys.stderr.write(f"서비스에 묻지 못했습니다({options.url}): {error}\n")
        return 1
    report = {"summary": summarise(rows), "rows": [asdict(row) for row in rows]}
    if options.json:
        sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")
    else:
        _print(rows)
    return 0


def _print(rows: Sequence[Row]) -> None:
    for row in rows:
        if not row.right or (row.answerable and not row.cited):
            mark = "오답" if not row.right else "근거 다름"
            answer = row.answer.replace("\n", " ")
            sys.stdout.write(f"{mark}  {row.id} ({row.type}) {row.question}\n      → {answer}\n")
    for name, value in summarise(rows).items():
        sys.stdout.write(f"{name:22} {value:.3f}\n")


def _share(values: Sequence[bool]) -> float:
    return sum(values) / len(values) if values else 1.0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m eval.score",
        description="실행 중인 서비스에 정답 질문을 HTTP로 묻고 채점합니다.",
        epilog="예: python -m eval.score --url http://127.0.0.1:8000 --split test",
    )
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="서비스 주소")
    parser.add_argument("--gold", type=Path, default=DEFAULT_GOLD, help="질문 파일(JSONL)")
    parser.add_argument("--split", choices=["tune", "test"], help="이 부분만 채점")
    parser.add_argument("--json", action="store_true", help="질문별 결과까지 JSON으로 출력")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
