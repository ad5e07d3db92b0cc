"""``GET /v1/complete``."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool

from api.access import require
from api.app_state import AppState, RequestId, State
from api.routes.documentation import error_responses, example

router = APIRouter(tags=["질문과 검색"], dependencies=[Depends(require("ask"))])

MOST_PREFIX_CHARS = 100
MOST_TERMS = 20

_EXAMPLE = {
    "terms": [
        {"text": "대전 바이오산업", "count": 5, "typed": 4},
        {"text": "대전 바이오산업 육성", "count": 3, "typed": 4},
    ],
    "request_id": "req_4d7c1a20f35b48e6b9c3",
}


class TermOut(BaseModel):
    """문서에 있는 말입니다."""

    text: str = Field(description="문서에 적힌 대로의 말입니다.")
    count: int = Field(description="이 말이 나오는 단락의 개수입니다.")
    typed: int = Field(
        description="적은 것의 끝에서 이 말로 바꿀 글자 수(유니코드 코드 포인트)입니다."
    )


class CompleteResponse(BaseModel):
    """적던 것을 이어 쓸 말들이며, 그럴듯한 것부터 적습니다."""

    terms: list[TermOut]
    request_id: str


@router.get(
    "/v1/complete",
    response_model=CompleteResponse,
    summary="적고 있는 말을 문서에 있는 말로 잇습니다",
    responses={200: example(_EXAMPLE), **error_responses(422, 503)},
)
async def complete(
    prefix: Annotated[
        str,
        Query(
            max_length=MOST_PREFIX_CHARS,
            description="적은 데까지의 글입니다. 마지막 세 낱말까지 봅니다. 초성(ㄷㅈㅂㅇ)이나"
            " 덜 적은 글자(대ㅈ)로 끝나도 됩니다.",
            openapi_examples={"초성": {"value": "ㄷㅈㅂㅇ"}},
        ),
    ],
    state: State,
    request_id: RequestId,
    limit: Annotated[
        int, Query(ge=1, le=MOST_TERMS, description="돌려줄 말의 최대 개수입니다.")
    ] = 8,
) -> CompleteResponse:
    """질문을 적는 동안 자동 완성에 씁니다. 한/영 전환을 잊고 적은 말(eowjs)도 알아봅니다."""
    state.warmup.check()
    # Not in the pool: the first call reads the corpus, and answers do not wait for that.
    terms = await run_in_threadpool(_terms, state, prefix, limit)
    return CompleteResponse(terms=terms, request_id=request_id)


def _terms(state: AppState, prefix: str, limit: int) -> list[TermOut]:
    from retriever.completion import completer_of

    completer = completer_of(state.service.retriever())
    return [
        TermOut(text=found.text, count=found.count, typed=found.typed)
        for found in completer.complete(prefix, limit)
    ]
