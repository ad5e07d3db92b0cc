"""The chat model that judges, by its name."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from ingest.errors import InputError, OperatorError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_SECONDS = 120.0
_RETRIES = 2
_MOST_REASON = 200
_OPENAI = "openai:"
_OPENAI_KEY = "OPENAI_API_KEY"


def load_judge_model(
    name: str, base_url: str | None = None, temperature: float | None = None
) -> BaseChatModel:
    """Return a chat model.

    Args:
        name: provider and model, such as ``openai:gpt-…``.
        base_url: of an OpenAI-compatible server. It is called without a key where none is set.
        temperature: the provider's own when not given, as some models take no other.

    Raises:
        InputError: ``usage`` for a name that LangChain does not know.
        OperatorError: ``llm_package_missing`` or ``llm_unavailable``.
    """
    from langchain.chat_models import init_chat_model

    given: dict[str, Any] = {"base_url": base_url, "temperature": temperature}
    settings = {key: value for key, value in given.items() if value is not None}
    if base_url and name.startswith(_OPENAI) and not os.environ.get(_OPENAI_KEY):
        settings["api_key"] = "none"
    try:
        model: BaseChatModel = init_chat_model(
            name, timeout=_SECONDS, max_retries=_RETRIES, **settings
        )
    except ImportError as error:
        raise OperatorError(
            "llm_package_missing",
            f"'{name}'을 쓰는 데 필요한 패키지가 없습니다: {error}",
            "`pip install 'geungeo[llm]'`이나 LangChain의 그 제공자 패키지를 설치하세요.",
        ) from error
    except _construction_errors() as error:
        raise OperatorError(
            "llm_unavailable",
            f"언어 모델 '{name}'을 쓸 준비가 되지 않았습니다: {_one_line(error)}",
            f"그 제공자의 API 키(OpenAI는 {_OPENAI_KEY})를 환경 변수에 두거나, 열린 서버를 쓰려면"
            " --base-url을 함께 적으세요.",
        ) from error
    except ValueError as error:
        raise InputError(
            "usage",
            f"알 수 없는 언어 모델입니다: {name}",
            "openai:gpt-…처럼 제공자와 모델 이름을 쌍점으로 이어 적으세요.",
        ) from error
    return model


def _construction_errors() -> tuple[type[Exception], ...]:
    """Return what providers raise where a key is missing; most of them check with pydantic."""
    from pydantic import ValidationError

    try:
        from openai import OpenAIError
    except ImportError:
        return (ValidationError,)
    return (ValidationError, OpenAIError)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:_MOST_REASON]
