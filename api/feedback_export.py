"""Opinions to candidates for the gold set, in its JSONL format."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from api.feedback_store import Kept, Opinion, Quoted
from ingest.records import Document

DocumentOf = Callable[[str], Document | None]
"""Gives the document of an id, or None where it is not indexed any more."""


def candidates(kept: Iterable[Kept], document_of: DocumentOf) -> list[dict[str, Any]]:
    """Return a candidate for every question that opinions name, the last opinion on it counting.

    What only a person can tell is left open: ``must_include`` is empty, ``answerable`` is null
    unless a good answer has its evidence. Candidates are of the ``tune`` part: whoever mends what
    was complained of has seen them.

    Args:
        kept: opinions, oldest first.
        document_of: looks up the documents that were quoted.
    """
    by_question = {
        "".join(own.opinion.question.split()): own for own in kept if own.opinion.question
    }
    ordered = sorted(by_question.values(), key=lambda own: own.number)
    return [_candidate(own, document_of) for own in ordered]


def as_jsonl(rows: Iterable[dict[str, Any]]) -> str:
    """Return candidates as text, one JSON object a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _candidate(kept: Kept, document_of: DocumentOf) -> dict[str, Any]:
    opinion = kept.opinion
    evidence = _evidence(opinion, document_of) if opinion.rating == "up" else []
    answer = opinion.expected or (opinion.answer if opinion.rating == "up" else None)
    return {
        "id": f"fb{kept.number}",
        "question": opinion.question,
        "type": "feedback",
        "answer": answer or "",
        "must_include": [],
        "must_not_include": [],
        "evidence": evidence,
        "history": [],
        "answerable": True if evidence else None,
        "paraphrased": False,
        "split": "tune",
        "feedback": {
            "rating": opinion.rating,
            "comment": opinion.comment,
            "answer": opinion.answer,
            "request_id": opinion.request_id,
            "created": kept.created.isoformat(),
        },
    }


def _evidence(opinion: Opinion, document_of: DocumentOf) -> list[dict[str, str]]:
    """Return the quotes that are still exact words, found once, of documents that are indexed."""
    found = []
    for cited in dict.fromkeys(opinion.citations):
        document = document_of(cited.document_id)
        if document is not None and _stands_once(cited, document):
            found.append({"document": document.source, "quote": cited.quote})
    return found


def _stands_once(cited: Quoted, document: Document) -> bool:
    return bool(cited.quote.strip()) and document.text.count(cited.quote) == 1
