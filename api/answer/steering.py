"""Questions that no document is asked for: greetings, questions about the service, orders to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from api.answer.corpus_facts import CorpusFacts
from api.answer.injection import INSTRUCTION, REFUSAL, is_instruction
from api.answer.records import AnswerForm, Turn
from api.answer.said import Said, unchecked
from api.answer.small_talk import kind_of, reply

_MOST_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Steered:
    """What is said without looking into the documents."""

    said: Said
    kind: AnswerForm
    suggestions: tuple[str, ...]


def steer(
    question: str, facts: Callable[[], CorpusFacts], history: Sequence[Turn] = ()
) -> Steered | None:
    """Answer what is no question to the documents; None for all others.

    Args:
        question: as it was asked.
        facts: what can be asked; it opens documents, so it is not called for those others.
        history: earlier turns, oldest first.
    """
    if is_instruction(question):
        refused = unchecked(REFUSAL, 0.0, INSTRUCTION)
        return Steered(refused, "refusal", facts().examples[:_MOST_SUGGESTIONS])
    asked = (turn.content for turn in history if turn.role == "user")
    talk = reply(question, facts, talking=any(kind_of(words) is None for words in asked))
    if talk is None:
        return None
    return Steered(unchecked(talk.text, 1.0), "small_talk", talk.suggestions)
