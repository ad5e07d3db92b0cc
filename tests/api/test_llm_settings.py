"""The settings of the language model."""

import pytest

from api.settings import Settings
from api.settings_loading import describe, load_settings
from ingest.errors import InputError

SECRET = "sk-secret-1"


def test_no_model_is_set_by_default() -> None:
    assert Settings().language_model is None


def test_settings_reach_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEUNGEO_LLM", "openai:gpt-x")
    monkeypatch.setenv("GEUNGEO_LLM_BASE_URL", "http://127.0.0.1:8080/v1")
    monkeypatch.setenv("GEUNGEO_LLM_API_KEY", SECRET)
    monkeypatch.setenv("GEUNGEO_LLM_TIMEOUT_SECONDS", "30")
    monkeypatch.setenv("GEUNGEO_LLM_PROMPT_PRICE", "0.5")
    model = load_settings().language_model
    assert model is not None
    assert (model.name, model.base_url) == ("openai:gpt-x", "http://127.0.0.1:8080/v1")
    assert model.api_key is not None
    assert model.api_key.get_secret_value() == SECRET
    assert (model.timeout_seconds, model.temperature) == (30, None)
    assert model.prices is not None
    assert model.prices.cost(2_000_000, 5) == 1.0


def test_the_key_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEUNGEO_LLM", "openai:gpt-x")
    monkeypatch.setenv("GEUNGEO_LLM_API_KEY", SECRET)
    settings = load_settings()
    shown = f"{settings!r} {describe(settings)!r} {settings.language_model!r}"
    assert SECRET not in shown
    (line,) = (x for x in describe(settings) if x.variable == "GEUNGEO_LLM_API_KEY")
    assert line.value == "**********"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GEUNGEO_LLM_BASE_URL", "ftp://127.0.0.1"),
        ("GEUNGEO_LLM_BASE_URL", "http://user:password@127.0.0.1/v1"),
        ("GEUNGEO_LLM_BASE_URL", "127.0.0.1:8080"),
        ("GEUNGEO_LLM_TIMEOUT_SECONDS", "0"),
        ("GEUNGEO_LLM_TIMEOUT_SECONDS", "nan"),
        ("GEUNGEO_LLM_RETRIES", "-1"),
        ("GEUNGEO_LLM_CONTEXT_TOKENS", "2000"),
    ],
)
def test_bad_values_are_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv("GEUNGEO_LLM", "openai:gpt-x")
    monkeypatch.setenv(name, value)
    with pytest.raises(InputError) as caught:
        load_settings()
    assert caught.value.code == "bad_setting"
    assert name in caught.value.message


def test_an_address_without_a_model_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEUNGEO_LLM_BASE_URL", "http://127.0.0.1:8080/v1")
    with pytest.raises(InputError, match="GEUNGEO_LLM이 비어 있습니다"):
        load_settings()
