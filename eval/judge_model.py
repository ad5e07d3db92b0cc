"""The chat model that judges, by its name."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr

from api.answer.generation.chat_model import make_chat_model
from api.answer.generation.model_settings import ModelSettings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_SECONDS = 120.0
_RETRIES = 2
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
        InputError: ``unknown_llm``.
        OperatorError: ``llm_package_missing`` or ``llm_unavailable``.
    """
    key = os.environ.get(_OPENAI_KEY) if base_url else None
    settings = ModelSettings(
        name=name, base_url=base_url or "", api_key=SecretStr(key) if key else None
    )
    options: dict[str, Any] = {"timeout": _SECONDS, "max_retries": _RETRIES}
    if temperature is not None:
        options["temperature"] = temperature
    return make_chat_model(settings, options)
