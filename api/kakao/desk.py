"""Conversations with people on KakaoTalk: each answered in time, here or at the callback URL."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import httpx
import structlog
from cachetools import TTLCache

from api.answer.records import Answer, Turn
from api.http_errors import INTERNAL, full_message
from api.kakao.bubbles import Template, answer_template, text_template, waiting_template
from api.kakao.callback import FailedCallback, FailureLog, callback_allowed, post_once
from api.kakao.limits import ANSWER_SECONDS, CALLBACK_POST_SECONDS, CALLBACK_SECONDS
from api.kakao.payload import SkillRequest
from api.rate_limit import RateLimit
from ingest.errors import GeungeoError

SHOW_ANSWER = "답 보기"
NEW_CONVERSATION = "새 대화"

# Half an hour of silence is the end of a conversation.
MEMORY_SECONDS = 1800.0
_MOST_PEOPLE = 10_000
_MOST_TURNS = 12

_HELP = "궁금한 것을 글로 물어봐 주세요. 문서에서 찾아 근거와 함께 답해 드립니다."
_WAITING = "문서를 찾아보고 있습니다. 곧 답해 드리겠습니다."
_LATER = f"답을 만드는 데 시간이 조금 더 걸립니다. 잠시 뒤 ‘{SHOW_ANSWER}’를 눌러 주세요."
_NOTHING_WAITS = "기다리는 답이 없습니다. 궁금한 것을 물어봐 주세요."
_TOO_LONG = "답을 만드는 데 시간이 너무 오래 걸렸습니다. 질문을 짧게 바꾸어 다시 물어봐 주세요."
_TOO_OFTEN = "질문이 너무 잦습니다. {}초 뒤에 다시 물어봐 주세요."
_FORGOTTEN = "앞의 대화를 잊었습니다. 새로 물어봐 주세요."

T = TypeVar("T")
AnswerQuestion = Callable[[str, Sequence[Turn]], Awaitable[Answer]]


class KakaoSettings(Protocol):
    """The settings that concern KakaoTalk."""

    @property
    def public_url(self) -> str:
        """Where people can reach the web page; empty where they cannot."""
        ...

    @property
    def kakao_callback_hosts(self) -> str:
        """Hosts that answers may be posted to, separated by commas."""
        ...


@dataclass(frozen=True, slots=True)
class _Asked:
    person: str
    question: str
    request_id: str
    begun: float


class KakaoDesk:
    """Answers skill requests; belongs to one event loop.

    Args:
        answer: answers a question after earlier turns.
        settings: public address and callback hosts.
        failures: keeps callbacks that failed.
        rate: how often one person may ask.
        answer_seconds: how long a response may take.
        callback_seconds: how long after the request a callback URL may still be used.
        clock: monotonic seconds, which let conversations expire.
    """

    def __init__(
        self,
        answer: AnswerQuestion,
        settings: KakaoSettings,
        failures: FailureLog,
        rate: RateLimit,
        *,
        answer_seconds: float = ANSWER_SECONDS,
        callback_seconds: float = CALLBACK_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._answer = answer
        self._public_url = settings.public_url.rstrip("/")
        named = settings.kakao_callback_hosts.split(",")
        self._hosts = [host.strip().lower() for host in named if host.strip()]
        self._failures = failures
        self._rate = rate
        self._answer_seconds = answer_seconds
        self._callback_seconds = callback_seconds
        self._turns: TTLCache[str, deque[Turn]] = TTLCache(_MOST_PEOPLE, MEMORY_SECONDS, clock)
        self._late: TTLCache[str, asyncio.Task[Template]] = TTLCache(
            _MOST_PEOPLE, MEMORY_SECONDS, clock
        )
        self._tasks: set[asyncio.Task[Any]] = set()
        self._client = httpx.AsyncClient(timeout=CALLBACK_POST_SECONDS, trust_env=False)
        self._log = structlog.get_logger("geungeo.kakao")

    async def reply(self, request: SkillRequest, request_id: str) -> Template:
        """Return the response to one request, within ``answer_seconds``."""
        begun = time.monotonic()
        person, said = request.person, request.user_request.utterance.strip()
        if not said:
            return text_template(_HELP)
        if said == NEW_CONVERSATION:
            self._turns.pop(person, None)
            return text_template(_FORGOTTEN)
        if said == SHOW_ANSWER:
            late = self._late.pop(person, None)
            if late is None:
                return text_template(_NOTHING_WAITS)
            return await self._in_time(late, person, begun)
        wait = self._rate.wait_seconds(f"kakao:{person}")
        if wait:
            return text_template(_TOO_OFTEN.format(wait))
        asked = _Asked(person, said, request_id, begun)
        return await self._asked_anew(asked, request.user_request.callback_url)

    async def _asked_anew(self, asked: _Asked, url: str | None) -> Template:
        task = self._begin(self._answered(asked))
        if url and callback_allowed(url, self._hosts):
            self._begin(self._call_back(url, task, asked))
            return waiting_template(_WAITING)
        if url:
            self._log.warning("callback_refused", request_id=asked.request_id)
        return await self._in_time(task, asked.person, asked.begun)

    async def close(self) -> None:
        """Send what is on its way within the time it has, and end the rest."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._client.aclose()

    async def _in_time(self, task: asyncio.Task[Template], person: str, begun: float) -> Template:
        left = self._answer_seconds - (time.monotonic() - begun)
        done, _ = await asyncio.wait({task}, timeout=max(left, 0.0))
        if done:
            return task.result()
        if not person:
            task.cancel()
            return text_template(_TOO_LONG)
        self._late[person] = task
        return text_template(_LATER, [SHOW_ANSWER])

    async def _answered(self, asked: _Asked) -> Template:
        history = self._turns.get(asked.person, deque[Turn](maxlen=_MOST_TURNS))
        try:
            answer = await self._answer(asked.question, tuple(history))
        except GeungeoError as error:
            return text_template(full_message(error))
        except Exception:  # noqa: BLE001 - said to the person and in the log
            self._log.exception("answer_failed", request_id=asked.request_id)
            return text_template(INTERNAL[1])
        if asked.person:
            history.extend((Turn("user", asked.question), Turn("assistant", answer.text)))
            self._turns[asked.person] = history
        return answer_template(answer, self._public_url)

    async def _call_back(self, url: str, task: asyncio.Task[Template], asked: _Asked) -> None:
        left = self._callback_seconds - (time.monotonic() - asked.begun)
        done, _ = await asyncio.wait({task}, timeout=left)
        if done:
            content = task.result()
        else:
            task.cancel()
            content = text_template(_TOO_LONG)
        reason = await post_once(self._client, url, content)
        if reason is not None:
            self._log.error("callback_failed", request_id=asked.request_id, reason=reason)
            failure = FailedCallback(time.time(), asked.request_id, reason)
            await asyncio.to_thread(self._failures.add, failure)

    def _begin(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
