"""``POST /v1/chat/completions`` and ``GET /v1/models``, for clients of OpenAI's API."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated, Any

from fastapi import APIRouter, Body, Request
from fastapi.responses import Response
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from api.answer.records import Answer, AnswerPart
from api.answer_stream import answer_stream, whole_answer
from api.app_state import RequestId, State
from api.chat_completions.conversation import read_conversation
from api.chat_completions.request import ChatRequest
from api.chat_completions.response import (
    ChatResponse,
    ModelListResponse,
    ModelOut,
    chat_response,
    chunk,
    sources,
    usage_of,
)
from api.responses import ask_response
from api.routes.documentation import BODY, error_responses, streamed
from api.streaming import with_failure
from api.text import clean_question

router = APIRouter(tags=["챗봇"])
_STARTED = int(time.time())
_EXAMPLE = {
    "model": "geungeo",
    "messages": [{"role": "user", "content": "대전의 바이오기업은 몇 개인가요?"}],
}


@router.get(
    "/v1/models",
    summary="고를 수 있는 모델을 알려 줍니다",
    responses={200: {"description": "성공"}},
)
async def models() -> ModelListResponse:
    """OpenAI 호환 클라이언트가 고를 모델은 geungeo 하나입니다."""
    return ModelListResponse(data=[ModelOut(created=_STARTED)])


@router.post(
    "/v1/chat/completions",
    response_model=ChatResponse,
    summary="OpenAI의 대화 완성 형식으로 답합니다",
    responses={200: streamed({"description": "성공"}), **error_responses(*BODY, 503)},
)
async def chat_completions(
    body: Annotated[ChatRequest, Body(openapi_examples={"질문": {"value": _EXAMPLE}})],
    request: Request,
    state: State,
    request_id: RequestId,
) -> ChatResponse | Response:
    """마지막 사용자 메시지에 보고서를 근거로 답합니다. 앞선 메시지는 대화로 봅니다.

    system 메시지의 지시는 따르지 않습니다. 답 끝에 근거 목록이 붙고, 응답(스트리밍이면 마지막
    조각)의 geungeo에 인용이 모두 들어 있습니다.
    """
    asked = read_conversation(body.messages)
    clean_question(asked.question, state.service.settings.max_question_chars)
    state.warmup.check()
    state.pool.check()
    completion, created = f"chatcmpl-{uuid.uuid4().hex}", int(time.time())
    if body.stream:
        await run_in_threadpool(state.service.check_index)
        with_usage = body.stream_options is not None and body.stream_options.include_usage
        stream = answer_stream(state, question=asked.question, history=asked.history)
        events = _events(stream, completion, created, request_id, with_usage=with_usage)
        return EventSourceResponse(with_failure(events, request_id, _failed))
    answer = await whole_answer(state, request, question=asked.question, history=asked.history)
    return chat_response(answer, completion, created, request_id)


async def _events(
    stream: AsyncGenerator[AnswerPart | Answer],
    completion: str,
    created: int,
    request_id: str,
    *,
    with_usage: bool,
) -> AsyncGenerator[ServerSentEvent]:
    def piece(delta: dict[str, Any], finish: str | None = None, **more: Any) -> ServerSentEvent:
        return _data(chunk(completion, created, delta, finish, **more))

    yield piece({"role": "assistant", "content": ""})
    async with aclosing(stream) as parts:
        async for part in parts:
            if not isinstance(part, Answer):
                yield piece({"content": part.text})
                continue
            yield piece({"content": sources(part.citations)})
            whole = ask_response(part, request_id).model_dump()
            yield piece({}, "stop", geungeo=whole)
            if with_usage:
                usage = usage_of(part).model_dump()
                yield _data({**chunk(completion, created, {}), "choices": [], "usage": usage})
    yield _done()


def _failed(error: dict[str, Any]) -> list[ServerSentEvent]:
    return [_data(error), _done()]


def _done() -> ServerSentEvent:
    return ServerSentEvent(data="[DONE]")


def _data(content: dict[str, Any]) -> ServerSentEvent:
    return ServerSentEvent(data=json.dumps(content, ensure_ascii=False))
