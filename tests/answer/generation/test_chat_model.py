"""Models by their names, and what is missing where one cannot be made."""

import pytest
from pydantic import SecretStr

from api.answer.generation.chat_model import load_chat_model, split_name
from api.answer.generation.model_settings import ModelSettings
from ingest.errors import InputError, OperatorError

HERE = "http://127.0.0.1:9/v1"


@pytest.mark.parametrize(
    ("name", "base_url", "expected"),
    [
        ("openai:gpt-4o-mini", "", ("openai", "gpt-4o-mini")),
        ("openai:qwen3:8b", HERE, ("openai", "qwen3:8b")),
        ("qwen3:8b", HERE, ("openai", "qwen3:8b")),
        ("gemma", HERE, ("openai", "gemma")),
        ("anthropic:claude-x", HERE, ("anthropic", "claude-x")),
    ],
)
def test_names(name: str, base_url: str, expected: tuple[str, str]) -> None:
    assert split_name(ModelSettings(name=name, base_url=base_url)) == expected


@pytest.mark.parametrize("name", ["gpt-4o", "없는것:모델", "openai:", ":"])
def test_a_name_without_a_known_provider_is_refused(name: str) -> None:
    with pytest.raises(InputError) as caught:
        load_chat_model(ModelSettings(name=name))
    assert caught.value.code == "unknown_llm"


def test_a_missing_package_is_named_with_what_installs_it() -> None:
    with pytest.raises(OperatorError) as caught:
        load_chat_model(ModelSettings(name="anthropic:claude-x"))
    assert caught.value.code == "llm_package_missing"
    assert "geungeo[anthropic]" in caught.value.remedy


def test_a_missing_key_is_told_without_any(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(OperatorError) as caught:
        load_chat_model(ModelSettings(name="openai:gpt-x"))
    assert caught.value.code == "llm_unavailable"


def test_a_key_shows_nowhere() -> None:
    settings = ModelSettings(name="openai:m", base_url=HERE, api_key=SecretStr("sk-secret-1"))
    assert "sk-secret" not in f"{settings!r} {load_chat_model(settings)!r}"
