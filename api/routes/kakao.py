"""``POST /kakao/skill``."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Request

from api.answer.records import Answer, Turn
from api.answer_stream import answer_stream, last_of
from api.app_state import AppState, RequestId
from api.kakao.callback import FailureFile
from api.kakao.desk import KakaoDesk
from api.kakao.payload import SkillRequest
from api.rate_limit import RateLimit
from api.routes.documentation import BODY, error_responses

router = APIRouter(tags=["챗봇"])
FAILURES = "kakao/failed_callbacks.jsonl"
_EXAMPLE = {
    "userRequest": {"utterance": "대전의 바이오기업은 몇 개야?", "user": {"id": "사용자"}},
    "bot": {"id": "봇"},
}


@asynccontextmanager
async def open_desk(state: AppState) -> AsyncIterator[KakaoDesk]:
    """Answer people on KakaoTalk until the context ends."""

    async def answer(question: str, history: Sequence[Turn]) -> Answer:
        state.warmup.check()
        return await last_of(answer_stream(state, question=question, history=history))

    settings = state.service.settings
    failures = FailureFile(settings.data_dir / FAILURES)
    desk = KakaoDesk(answer, settings, failures, RateLimit(settings.rate_limit))
    try:
        yield desk
    finally:
        await desk.close()


def desk_of(request: Request) -> KakaoDesk:
    """Return the application's desk."""
    desk: KakaoDesk = request.app.state.kakao
    return desk


@router.post(
    "/kakao/skill",
    summary="카카오톡 챗봇의 스킬 요청에 답합니다",
    responses={
        200: {"description": "스킬 응답(version 2.0)"},
        **error_responses(*BODY),
    },
)
async def kakao_skill(
    body: Annotated[SkillRequest, Body(openapi_examples={"질문": {"value": _EXAMPLE}})],
    desk: Annotated[KakaoDesk, Depends(desk_of)],
    request_id: RequestId,
) -> dict[str, Any]:
    """언제나 5초 안에 답합니다. 답할 수 없을 때도 상태는 200이며, 까닭을 말풍선에 적습니다.

    콜백 주소가 오면 곧바로 기다리라고 답하고, 1분 안에 그 주소로 답을 한 번 보냅니다.
    """
    return await desk.reply(body, request_id)
