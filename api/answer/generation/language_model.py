"""Calls to a language model within limits: of time, of attempts, of patience with a dead server."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
import time
from collections.abc import Generator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from api.answer.generation import event_loop
from api.answer.generation.circuit_breaker import CircuitBreaker
from api.answer.generation.failure import GenerationFailed, NobodyWaitsError, failure_of
from api.answer.generation.model_settings import ModelSettings
from api.answer.records import TokenUsage

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage, BaseMessageChunk
    from tenacity import RetryCallState

# What providers call it when an answer ran into its token limit.
_CUT = frozenset({"length", "max_tokens", "max_output_tokens"})
_FINISH_KEYS = ("finish_reason", "stop_reason")
# Waits between attempts grow from about this to at most that, where the server names none.
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 8.0
# The limits are kept by the loop; should it be stuck, its caller is not.
_GRACE = 5.0
# How soon it is seen that nobody waits any more.
_LOOK_SECONDS = 0.1
_NO_ANSWER = "no answer within the limit"


@dataclass(frozen=True, slots=True)
class CallEnd:
    """How a whole call ended.

    Attributes:
        usage: tokens, or None where the server tells none.
        cut: whether the answer ran into its token limit or broke off.
    """

    usage: TokenUsage | None
    cut: bool


_Item: TypeAlias = "str | CallEnd | None"


class LanguageModel:
    """A chat model that answers in time or fails with a reason; safe to share between threads.

    Args:
        chat: any LangChain chat model.
        settings: its limits.
        breaker: shared by all calls to the same server.
    """

    def __init__(
        self,
        chat: BaseChatModel,
        settings: ModelSettings,
        breaker: CircuitBreaker | None = None,
    ) -> None:
        self.settings = settings
        self.breaker = breaker or CircuitBreaker()
        self._chat = chat

    @property
    def name(self) -> str:
        """Provider and model, as they were set."""
        return self.settings.name

    def complete(
        self,
        messages: Sequence[BaseMessage],
        *,
        most_seconds: float | None = None,
        left: threading.Event | None = None,
    ) -> str:
        """Return a whole reply.

        Args:
            messages: what is sent.
            most_seconds: a tighter limit than that of an answer.
            left: set when nobody waits for the reply any more.

        Raises:
            GenerationFailed: when there is none in time.
            NobodyWaitsError: once ``left`` is set.
        """
        said = self.stream(messages, most_seconds=most_seconds, left=left)
        return "".join(item for item in said if isinstance(item, str))

    def stream(
        self,
        messages: Sequence[BaseMessage],
        *,
        most_seconds: float | None = None,
        left: threading.Event | None = None,
    ) -> Generator[str | CallEnd]:
        """Yield the reply's pieces as they come, then how it ended.

        Closing the generator breaks off the connection, and with it the server's work.

        Args:
            messages: what is sent.
            most_seconds: a tighter limit than that of an answer.
            left: set when nobody waits for the reply any more, also while a piece is awaited.

        Raises:
            GenerationFailed: before or after the first piece.
            NobodyWaitsError: once ``left`` is set.
        """
        if not self.breaker.admit():
            raise GenerationFailed("circuit_open", "not asked")
        limit = min(most_seconds or self.settings.timeout_seconds, self.settings.timeout_seconds)
        call = _Call(self._chat, self.settings, messages, limit)
        note = self.breaker.given_up
        future = event_loop.start(call.run())
        future.add_done_callback(lambda _: call.inbox.put(None))
        try:
            while (item := _next(call.inbox, limit, left)) is not None:
                note = self.breaker.succeeded
                yield item
            error = future.exception()
            if error is not None:
                failed = _raised(error)
                note = self.breaker.failed if failed.counts else self.breaker.succeeded
                raise failed from error
        finally:
            call.stopped = True
            future.cancel()
            note()


class _Call:
    """One call, repeated while nothing has come of it yet and it may still come.

    Attributes:
        inbox: what came, in its order.
        stopped: set when nobody waits for it any more.
    """

    def __init__(
        self,
        chat: BaseChatModel,
        settings: ModelSettings,
        messages: Sequence[BaseMessage],
        limit: float,
    ) -> None:
        self.inbox: queue.SimpleQueue[_Item] = queue.SimpleQueue()
        self.stopped = False
        self._chat = chat
        self._settings = settings
        self._messages = list(messages)
        self._limit = limit
        self._deadline = 0.0
        self._begun = False

    async def run(self) -> None:
        """Put what comes into the inbox.

        Raises:
            TimeoutError: when the limit has passed.
            Exception: whatever the provider's client raises.
        """
        from tenacity import AsyncRetrying, retry_if_exception, stop_after_attempt

        self._deadline = _now() + self._limit
        attempts = AsyncRetrying(
            stop=stop_after_attempt(self._settings.retries + 1),
            wait=_wait,
            retry=retry_if_exception(self._worth_another),
            sleep=asyncio.sleep,
            reraise=True,
        )
        async with asyncio.timeout(self._limit):
            await attempts(self._attempt)

    def _worth_another(self, error: BaseException) -> bool:
        if self._begun or not isinstance(error, Exception):
            return False
        failure = failure_of(error)
        return failure.may_pass and (failure.retry_after or 0.0) < self._deadline - _now()

    async def _attempt(self) -> None:
        end = _Ending(self._settings)
        stream: Any = self._chat.astream(self._messages)
        async with aclosing(stream):
            async with asyncio.timeout(self._settings.first_token_seconds):
                chunk = await anext(stream, None)
            # A cancellation can be lost in a client that awaits something else just then
            # (``asyncio.wait_for`` of Python 3.11 drops it), so both are looked at here as well.
            while chunk is not None and not self.stopped:
                if _now() > self._deadline:
                    raise TimeoutError
                end.see(chunk)
                text = str(chunk.text)
                if text:
                    self._begun = True
                    self.inbox.put(text)
                chunk = await anext(stream, None)
        self.inbox.put(end.told())


def _now() -> float:
    return asyncio.get_running_loop().time()


class _Ending:
    """Adds up what the chunks of one reply tell of its end."""

    def __init__(self, settings: ModelSettings) -> None:
        self._prices = settings.prices
        self._prompt = self._completion = 0
        self._counted = False
        # A connection that breaks looks like an end, but for the reason that is missing then.
        self._cut = True

    def see(self, chunk: BaseMessageChunk) -> None:
        usage = getattr(chunk, "usage_metadata", None)
        if usage:
            self._counted = True
            self._prompt += usage["input_tokens"]
            self._completion += usage["output_tokens"]
        for reason in (chunk.response_metadata.get(key) for key in _FINISH_KEYS):
            if reason:
                self._cut = str(reason).lower() in _CUT

    def told(self) -> CallEnd:
        if not self._counted:
            return CallEnd(None, self._cut)
        cost = self._prices.cost(self._prompt, self._completion) if self._prices else None
        return CallEnd(TokenUsage(self._prompt, self._completion, cost), self._cut)


def _wait(state: RetryCallState) -> float:
    """Return how long to wait before the next attempt, in seconds."""
    from tenacity import wait_random_exponential

    error = state.outcome.exception() if state.outcome is not None else None
    asked = failure_of(error).retry_after if isinstance(error, Exception) else None
    if asked is not None:
        return asked
    return wait_random_exponential(multiplier=_FIRST_WAIT, max=_LONGEST_WAIT)(state)


def _next(inbox: queue.SimpleQueue[_Item], limit: float, left: threading.Event | None) -> _Item:
    end = time.monotonic() + limit + _GRACE
    while time.monotonic() < end:
        if left is not None and left.is_set():
            raise NobodyWaitsError
        with contextlib.suppress(queue.Empty):
            return inbox.get(timeout=_LOOK_SECONDS)
    raise GenerationFailed("timeout", _NO_ANSWER)


def _raised(error: BaseException) -> GenerationFailed:
    """Return the failure that an ended call tells of."""
    if isinstance(error, Exception):
        return failure_of(error).raised()
    return GenerationFailed("unavailable", type(error).__name__)
