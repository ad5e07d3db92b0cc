"""A question and passages to a language model's sentences, as they come and unchecked."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.answer.generation.chat_model import load_chat_model
from api.answer.generation.failure import GenerationFailed
from api.answer.generation.language_model import CallEnd, LanguageModel
from api.answer.generation.model_settings import ModelSettings
from api.answer.generation.prompt import (
    ANSWER_PROMPT,
    Ticket,
    history_block,
    messages,
    new_ticket,
    question_block,
    source_block,
    system_words,
)
from api.answer.generation.sentence_stream import RawSentence, SentenceCutter, ThoughtFilter
from api.answer.generation.token_budget import ServerCount, fitting, most_tokens, server_count
from api.answer.grounding.source import Source
from api.answer.records import TokenUsage, Turn

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage

# Of the conversation, this much helps to understand a question; older turns cost passages.
MOST_TURNS = 6
MOST_TURN_CHARS = 400
_HISTORY_SHARE = 0.2
# Chat templates put a few tokens around each message.
_TEMPLATE_TOKENS = 64


@dataclass(frozen=True, slots=True)
class Generated:
    """How a model's answer ended.

    Attributes:
        usage: tokens, or None where the server tells none.
        cut: whether the answer ran into its token limit or broke off.
        sources: those that were shown to the model.
    """

    usage: TokenUsage | None
    cut: bool
    sources: tuple[Source, ...]


class Generator:
    """Writes answers with a language model; safe to share between threads.

    Args:
        model: the language model.
        count: its server's own count of tokens, where it has one.
        ticket: gives an unknowable word for each request.
    """

    def __init__(
        self,
        model: LanguageModel,
        *,
        count: ServerCount | None = None,
        ticket: Ticket = new_ticket,
    ) -> None:
        self.model = model
        self._count = count
        self._ticket = ticket

    @property
    def name(self) -> str:
        """Provider and model, as they were set."""
        return self.model.name

    def stream(
        self,
        question: str,
        history: Sequence[Turn],
        sources: Sequence[Source],
        left: threading.Event | None = None,
    ) -> Iterator[RawSentence | Generated]:
        """Yield an answer's sentences as they are complete, then how it ended.

        Blocks between sentences. Closing the generator breaks off the model's work.

        Args:
            question: as it was asked, or rewritten to stand alone.
            history: earlier turns, oldest first; system messages of a client are not among them.
            sources: best first; the last are left out where not all fit.
            left: set when nobody waits for the answer any more.

        Raises:
            NobodyWaitsError: once ``left`` is set.
            GenerationFailed: before or after the first sentence.
        """
        asked, shown = self._messages(question, history, sources)
        cutter, thoughts = SentenceCutter(), ThoughtFilter()
        usage, cut = None, False
        with closing(self.model.stream(asked, left=left)) as pieces:
            for item in pieces:
                if isinstance(item, CallEnd):
                    usage, cut = item.usage, item.cut
                else:
                    yield from cutter.feed(thoughts.feed(item))
        yield from cutter.feed(thoughts.finish())
        yield from cutter.finish(cut=cut)
        yield Generated(usage, cut, tuple(shown))

    def _messages(
        self, question: str, history: Sequence[Turn], sources: Sequence[Source]
    ) -> tuple[list[BaseMessage], Sequence[Source]]:
        """Return what is sent, and the sources in it.

        Raises:
            GenerationFailed: where not even one source fits beside the question.
        """
        ticket = self._ticket()
        limits = self.model.settings
        asked = question_block(question, ticket)
        room = limits.context_tokens - limits.max_tokens - _TEMPLATE_TOKENS
        room -= most_tokens(system_words(ANSWER_PROMPT)) + most_tokens(asked)
        said = _history_within(int(room * _HISTORY_SHARE), history, ticket)
        blocks = [source_block(source, ticket) for source in sources]
        shown = fitting(blocks, room - most_tokens(said), self._count)
        if not shown and said:
            said = ""
            shown = fitting(blocks, room, self._count)
        if not shown:
            raise GenerationFailed("unavailable", "no passage fits into the context", counts=False)
        return messages(ANSWER_PROMPT, ticket, [*blocks[:shown], said, asked]), sources[:shown]


def _history_within(budget: int, history: Sequence[Turn], ticket: str) -> str:
    """Return the last turns as data, as many as fit."""
    turns = bounded(history)
    while turns and most_tokens(history_block(turns, ticket)) > budget:
        turns = turns[1:]
    return history_block(turns, ticket)


def bounded(history: Sequence[Turn]) -> list[Turn]:
    """Return the last few turns, each cut to a length that a model need read."""
    return [Turn(t.role, t.content[:MOST_TURN_CHARS]) for t in history[-MOST_TURNS:]]


def open_generator(settings: ModelSettings) -> Generator:
    """Return a generator over the model that is set; nothing is sent yet.

    Raises:
        InputError: ``unknown_llm``.
        OperatorError: ``llm_package_missing`` or ``llm_unavailable``.
    """
    chat = load_chat_model(settings)
    return Generator(LanguageModel(chat, settings), count=server_count(chat, settings))
