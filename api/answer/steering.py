"""Questions that no document is asked for: greetings, questions about the service, orders to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from api.answer.corpus_facts import CorpusFacts, within
from api.answer.digest_request import digest
from api.answer.document_reply import reply_of_documents
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
    question: str,
    facts: Callable[[], CorpusFacts],
    history: Sequence[Turn] = (),
    document_ids: Sequence[str] = (),
) -> Steered | None:
    """Answer what is no question to the documents; None for all others.

    Args:
        question: as it was asked.
        facts: what can be asked; it opens documents, so it is not called for those others.
        history: earlier turns, oldest first.
        document_ids: tell of these documents alone, where any are given.
    """
    if is_instruction(question):
        refused = unchecked(REFUSAL, 0.0, INSTRUCTION)
        return Steered(refused, "refusal", facts().examples[:_MOST_SUGGESTIONS])

    def meant() -> CorpusFacts:
        return within(facts(), document_ids)

    told = digest(question, meant)
    if told is not None:
        return Steered(told, "answer", facts().examples[:_MOST_SUGGESTIONS])
    asked = (turn.content for turn in history if turn.role == "user")
    talk = reply(question, meant, talking=any(kind_of(words) is None for words in asked))
    if talk is not None:
        return Steered(unchecked(talk.text, 1.0), "small_talk", talk.suggestions)
    told = reply_of_documents(question, meant, history)
    if told is None:
        return None
    form: AnswerForm = "answer" if told.citations else "small_talk"
    return Steered(told, form, facts().examples[:_MOST_SUGGESTIONS])
