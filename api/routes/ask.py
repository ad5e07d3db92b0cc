"""``POST /v1/ask``."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated, Any

from fastapi import APIRouter, Body, Request
from fastapi.responses import Response
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool

from api.answer.records import Answer, AnswerPart, Turn
from api.answer_stream import answer_stream, whole_answer
from api.app_state import AppState, RequestId, State
from api.examples import EXAMPLES
from api.responses import ask_response
from api.routes.documentation import BODY, error_responses, example, streamed
from api.schemas import AskRequest, AskResponse
from api.streaming import done_event, event, part_events, with_failure
from api.text import clean_question

router = APIRouter(tags=["질문과 검색"])


@router.post(
    "/v1/ask",
    response_model=AskResponse,
    summary="질문에 근거와 함께 답합니다",
    responses={
        200: streamed(example(EXAMPLES["ask_response"])),
        **error_responses(404, *BODY, 503),
    },
)
async def ask(
    body: Annotated[
        AskRequest, Body(openapi_examples={"질문": {"value": EXAMPLES["ask_request"]}})
    ],
    request: Request,
    state: State,
    request_id: RequestId,
) -> AskResponse | Response:
    """보고서의 문장을 근거로 답합니다. 근거가 없으면 answerable이 false입니다.

    stream이 true면 서버 전송 이벤트로 답합니다. token(text를 이으면 답이 됩니다), citation,
    done(응답 전체)의 차례이며, 도중에 잘못되면 error로 끝납니다.
    """
    clean_question(body.question, state.service.settings.max_question_chars)
    state.warmup.check()
    state.pool.check()
    if body.stream:
        await run_in_threadpool(_check_documents, body, state)
        stream = answer_stream(state, **asked(body))
        events = with_failure(_events(stream, request_id), request_id, _failed)
        return EventSourceResponse(events)
    answer = await whole_answer(state, request, **asked(body))
    return ask_response(answer, request_id)


async def _events(
    stream: AsyncGenerator[AnswerPart | Answer], request_id: str
) -> AsyncGenerator[ServerSentEvent]:
    async with aclosing(stream) as parts:
        async for part in parts:
            if isinstance(part, Answer):
                yield done_event(ask_response(part, request_id))
                continue
            for item in part_events(part):
                yield item


def _failed(error: dict[str, Any]) -> list[ServerSentEvent]:
    return [event("error", error)]


def asked(body: AskRequest) -> dict[str, Any]:
    """Return what a request asks, as the service takes it."""
    return {
        "question": body.question,
        "history": [Turn(turn.role, turn.content) for turn in body.history],
        "top_k": body.top_k,
        "document_ids": body.filters.document_ids,
    }


def _check_documents(body: AskRequest, state: AppState) -> None:
    """Refuse with a status while that can still be done: a stream has begun with 200."""
    state.service.check_index()
    if not body.filters.document_ids:
        return
    known = {summary.id for summary in state.service.library.summaries()}
    for document_id in body.filters.document_ids:
        if document_id not in known:
            state.service.library.view(document_id)
