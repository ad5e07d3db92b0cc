"""A LangChain chat model by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from api.answer.generation.model_settings import ModelSettings
from ingest.errors import InputError, OperatorError

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

OPENAI = "openai"
_MOST_REASON = 200
# Given where an open server wants none; its client insists on some word.
_NO_KEY = "none"
# Providers whose own clients take a server's address.
_BY_ADDRESS = frozenset({OPENAI, "anthropic", "google_genai", "upstage", "ollama", "mistralai"})
_EXTRAS = {
    "langchain_anthropic": "anthropic",
    "langchain_google_genai": "google",
    "langchain_ollama": "ollama",
}


def load_chat_model(settings: ModelSettings) -> BaseChatModel:
    """Return the chat model that an installation has set; nothing is sent yet.

    Raises:
        InputError: ``unknown_llm``.
        OperatorError: ``llm_package_missing`` or ``llm_unavailable``.
    """
    provider, _ = split_name(settings)
    options: dict[str, Any] = {
        "timeout": settings.timeout_seconds,
        "max_retries": 0,  # retried by us, within the time of the whole answer
    }
    temperature = settings.temperature
    if temperature is None and settings.base_url:
        temperature = 0.0
    if temperature is not None:
        options["temperature"] = temperature
    if settings.base_url and provider == OPENAI:
        # The older of the two names is the one that every compatible server knows.
        options["extra_body"] = {"max_tokens": settings.max_tokens}
    else:
        options["max_tokens"] = settings.max_tokens
    if provider == OPENAI:
        options["stream_usage"] = True
        options["stream_chunk_timeout"] = None  # its limit is ours
    return make_chat_model(settings, options)


def make_chat_model(settings: ModelSettings, options: dict[str, Any]) -> BaseChatModel:
    """Return a chat model with a caller's own options.

    Args:
        settings: its name, server and key are read.
        options: of LangChain's ``init_chat_model``.

    Raises:
        InputError: ``unknown_llm``.
        OperatorError: ``llm_package_missing`` or ``llm_unavailable``.
    """
    from langchain.chat_models import init_chat_model

    provider, name = split_name(settings)
    try:
        model: BaseChatModel = init_chat_model(
            name, model_provider=provider, **_where(settings, provider), **options
        )
    except ImportError as error:
        raise _package_missing(settings.name, error) from error
    except _construction_errors() as error:
        raise OperatorError(
            "llm_unavailable",
            f"언어 모델 '{settings.name}'을 쓸 준비가 되지 않았습니다: {_one_line(error)}",
            "그 제공자의 API 키(OpenAI는 OPENAI_API_KEY)를 환경 변수에 두거나, 열린 서버를 쓰려면"
            " 서버 주소도 함께 적으세요.",
        ) from error
    except ValueError as error:
        raise unknown(settings.name) from error
    return model


def split_name(settings: ModelSettings) -> tuple[str, str]:
    """Return provider and model.

    With a server's address the provider may be left out, and a colon may be part of the model's
    name (``qwen3:8b``).

    Raises:
        InputError: ``unknown_llm`` where no provider is told.
    """
    provider, colon, name = settings.name.partition(":")
    if colon and name and (not settings.base_url or provider in _BY_ADDRESS):
        return provider, name
    if settings.base_url and settings.name:
        return OPENAI, settings.name
    raise unknown(settings.name)


def unknown(name: str) -> InputError:
    """Return the error for a name that says no provider."""
    return InputError(
        "unknown_llm",
        f"알 수 없는 언어 모델입니다: {name}",
        "openai:gpt-…처럼 제공자와 모델 이름을 쌍점으로 이어 적으세요.",
    )


def _where(settings: ModelSettings, provider: str) -> dict[str, Any]:
    where: dict[str, Any] = {}
    if settings.base_url:
        where["base_url"] = settings.base_url
    if settings.api_key is not None:
        where["api_key"] = settings.api_key.get_secret_value()
    elif settings.base_url and provider == OPENAI:
        # Not OPENAI_API_KEY, which is meant for OpenAI's own server.
        where["api_key"] = _NO_KEY
    return where


def _package_missing(name: str, error: ImportError) -> OperatorError:
    said = str(error).replace("-", "_")
    extra = next((extra for package, extra in _EXTRAS.items() if package in said), None)
    remedy = (
        f"`pip install 'geungeo[{extra}]'`로 설치하세요."
        if extra
        else "LangChain의 그 제공자 패키지를 설치하세요."
    )
    return OperatorError(
        "llm_package_missing",
        f"'{name}'을 쓰는 데 필요한 패키지가 없습니다: {_one_line(error)}",
        remedy,
    )


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
