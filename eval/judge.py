"""An optional judge: a language model asked whether answers are faithful and correct.

Faithfulness: each sentence of an answer is supported by the quotes that it cites. Correctness: the
answer says what the gold answer says. Everything that is judged goes to the model as JSON data in
the user's message; the instructions stand in the system message alone.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from eval.gold_set import GoldQuestion
from eval.judgement import JudgedRow, Problem
from eval.metrics.citation import Statement, statements_of
from eval.progress import Progress
from eval.prompt import Prompt
from eval.row import Row
from eval.verdict import VerdictError, correctness_verdict, faithfulness_verdict
from ingest.errors import OperatorError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage

FAITHFULNESS, CORRECTNESS = "faithfulness", "correctness"

_TICKET_BYTES = 8  # a guess is right once in 2^64
_STAGE = "채점"
_MOST_REASON = 200


def new_ticket() -> str:
    """Return a word that nobody can know beforehand."""
    return secrets.token_hex(_TICKET_BYTES)


@dataclass(frozen=True, slots=True)
class _Call:
    """One thing put to the model about one answer.

    Attributes:
        read: gives the verdict in a reply, or raises ``VerdictError``.
    """

    id: str
    kind: str
    messages: list[BaseMessage]
    read: Callable[[str], Any]


class Judge:
    """Puts answers to a chat model.

    Args:
        model: any LangChain chat model.
        prompts: those of ``faithfulness`` and ``correctness``, by name.
        at_once: how many calls run side by side.
        ticket: gives an unknowable word for each call.
    """

    def __init__(
        self,
        model: BaseChatModel,
        prompts: Mapping[str, Prompt],
        *,
        at_once: int = 4,
        ticket: Callable[[], str] = new_ticket,
    ) -> None:
        self._model = model
        self._prompts = prompts
        self._at_once = at_once
        self._ticket = ticket

    def judge(
        self, rows: Sequence[Row], gold: Mapping[str, GoldQuestion], progress: Progress
    ) -> list[JudgedRow]:
        """Return the verdicts on each answer; refusals say nothing and must not be among them.

        Args:
            rows: answered questions.
            gold: gold questions by id.
            progress: told of each few calls.

        Raises:
            OperatorError: ``llm_failed`` when not even one of the first calls succeeds.
        """
        calls = [call for row in rows for call in self._calls(row, gold.get(row.id))]
        verdicts: dict[tuple[str, str], Any] = {}
        problems: dict[tuple[str, str], Problem] = {}
        for call, reply in self._replies(calls, progress):
            key = (call.id, call.kind)
            try:
                if isinstance(reply, str):
                    verdicts[key] = call.read(reply)
                else:
                    problems[key] = "failed"
            except VerdictError:
                problems[key] = "invalid"
        return [_judged(row, verdicts, problems) for row in rows]

    def _calls(self, row: Row, gold: GoldQuestion | None) -> Iterator[_Call]:
        cited = _cited(row)
        if cited:
            sentences = [
                {"number": number, "text": statement.text, "quotes": list(statement.cited)}
                for number, statement in cited.items()
            ]
            data = {"question": row.rewritten_question or row.question, "sentences": sentences}
            yield self._call(
                row.id, FAITHFULNESS, data, lambda r, t: faithfulness_verdict(r, t, list(cited))
            )
        if gold is not None and gold.answerable and gold.answer:
            data = {
                "history": [dict(turn) for turn in gold.history],
                "question": row.question,
                "reference": gold.answer,
                "answer": "\n".join(s.text for s in statements_of(row.answer, {})),
            }
            yield self._call(row.id, CORRECTNESS, data, correctness_verdict)

    def _call(
        self, name: str, kind: str, data: Mapping[str, Any], read: Callable[[str, str], Any]
    ) -> _Call:
        from langchain_core.messages import HumanMessage, SystemMessage

        ticket = self._ticket()
        messages: list[BaseMessage] = [
            SystemMessage(self._prompts[kind].with_ticket(ticket)),
            HumanMessage(json.dumps(data, ensure_ascii=False)),
        ]
        return _Call(name, kind, messages, lambda reply: read(reply, ticket))

    def _replies(
        self, calls: Sequence[_Call], progress: Progress
    ) -> Iterator[tuple[_Call, str | Exception]]:
        """Yield each call with its reply, or with the error that came instead."""
        progress(_STAGE, 0, len(calls))
        for start in range(0, len(calls), self._at_once):
            some = calls[start : start + self._at_once]
            replies: list[Any] = self._model.batch(
                [call.messages for call in some],
                config={"max_concurrency": self._at_once},
                return_exceptions=True,
            )
            errors = [reply for reply in replies if isinstance(reply, Exception)]
            if start == 0 and len(errors) == len(some):
                raise _no_model(errors[0])
            for call, reply in zip(some, replies, strict=True):
                yield call, reply if isinstance(reply, Exception) else str(reply.text)
            progress(_STAGE, start + len(some), len(calls))


def _statements(row: Row) -> tuple[Statement, ...]:
    # Citations are numbered from 1 in the order in which a row holds them.
    quotes = {number: c["quote"] for number, c in enumerate(row.citations, start=1)}
    return statements_of(row.answer, quotes)


def _cited(row: Row) -> dict[int, Statement]:
    """Return the sentences that can be supported at all, by their number."""
    numbered = enumerate(_statements(row), start=1)
    return {number: s for number, s in numbered if s.cited and s.resolves}


def _judged(
    row: Row,
    verdicts: Mapping[tuple[str, str], Any],
    problems: Mapping[tuple[str, str], Problem],
) -> JudgedRow:
    by_number: Mapping[int, bool] | None = verdicts.get((row.id, FAITHFULNESS))
    if by_number is None and not _cited(row):
        by_number = {}
    supported = None
    if by_number is not None:
        count = len(_statements(row))
        supported = tuple(by_number.get(number, False) for number in range(1, count + 1))
    found = {kind: problems.get((row.id, kind)) for kind in (FAITHFULNESS, CORRECTNESS)}
    return JudgedRow(
        id=row.id,
        right=row.right,
        supported=supported,
        correctness=verdicts.get((row.id, CORRECTNESS)),
        problems={kind: problem for kind, problem in found.items() if problem is not None},
    )


def _no_model(error: Exception) -> OperatorError:
    reason = " ".join(f"{type(error).__name__}: {error}".split())[:_MOST_REASON]
    return OperatorError(
        "llm_failed",
        f"언어 모델이 답하지 않았습니다: {reason}",
        "모델 이름, --base-url, API 키를 확인하세요.",
    )
