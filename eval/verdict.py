"""Verdicts of a language model, taken only where they are exactly what was asked for.

What is judged was written by others and may try to pass for a verdict. So the whole reply must be
one JSON object of the asked shape, and must repeat a ticket that stands in the instructions only:
no text that was judged can hold it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, Literal, NoReturn, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

Correctness = Literal["correct", "partial", "wrong"]

# The longest honest reply, on an answer of a hundred sentences, has a third of this.
_LONGEST_REPLY = 20_000
# Many models wrap JSON in a fence whatever they are told; a fence around all of it hides nothing.
_FENCED = re.compile(r"```(?:json)?\s*(\{.*\})\s*```", re.DOTALL)


class VerdictError(ValueError):
    """A reply that is no verdict."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Sentence(_Strict):
    number: int
    verdict: Literal["supported", "unsupported"]


class _Faithfulness(_Strict):
    ticket: str
    sentences: list[_Sentence]


class _Correctness(_Strict):
    ticket: str
    verdict: Correctness


_Reply = TypeVar("_Reply", _Faithfulness, _Correctness)


def faithfulness_verdict(reply: str, ticket: str, numbers: Sequence[int]) -> dict[int, bool]:
    """Return whether each sentence is supported, by its number.

    Args:
        reply: of the model, as it came.
        ticket: of this call.
        numbers: of the sentences that were sent.

    Raises:
        VerdictError: when the reply is anything but one verdict on each of the sentences.
    """
    found = _parsed(reply, ticket, _Faithfulness)
    if sorted(sentence.number for sentence in found.sentences) != sorted(numbers):
        raise VerdictError("not one verdict a sentence")
    return {sentence.number: sentence.verdict == "supported" for sentence in found.sentences}


def correctness_verdict(reply: str, ticket: str) -> Correctness:
    """Return the verdict on an answer.

    Args:
        reply: of the model, as it came.
        ticket: of this call.

    Raises:
        VerdictError: when the reply is anything but one verdict.
    """
    return _parsed(reply, ticket, _Correctness).verdict


def _parsed(reply: str, ticket: str, shape: type[_Reply]) -> _Reply:
    text = reply.strip()
    if len(text) > _LONGEST_REPLY:
        raise VerdictError("too long")
    if fenced := _FENCED.fullmatch(text):
        text = fenced[1]
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_refuse_constant)
        found = shape.model_validate(value)
    except (ValueError, RecursionError, ValidationError) as error:
        raise VerdictError("not of the asked shape") from error
    if found.ticket != ticket:
        raise VerdictError("another ticket")
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise VerdictError("a name is given twice")
    return values


def _refuse_constant(name: str) -> NoReturn:
    raise VerdictError(f"{name} is no value")
