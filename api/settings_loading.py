"""The settings as they are read: wrong and unknown ones refused, and each traced to its source."""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import DotEnvSettingsSource

from api.josa import did_you_mean
from api.os_errors import korean_os_reason
from api.settings import ENV_FILE, LEAST_PROMPT_TOKENS, PREFIX, Settings, variable_names
from api.validation_text import korean_reason
from ingest.errors import InputError

_SEE_DOCS = "쓸 수 있는 설정은 docs/configuration.md에 있습니다."


@dataclass(frozen=True, slots=True)
class SettingLine:
    """One setting as it stands now.

    Attributes:
        variable: its name in the environment.
        value: its value as text.
        source: where the value came from, in Korean.
        description: what it is for, in Korean.
    """

    variable: str
    value: str
    source: str
    description: str


def load_settings() -> Settings:
    """Read the settings from the environment, then ``.env``, then the defaults.

    Raises:
        InputError: ``unknown_setting`` or ``bad_setting``.
    """
    _refuse_unknown()
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper()
        raise InputError(
            "bad_setting",
            f"설정 {name}의 값 '{first['input']}'은 쓸 수 없습니다: {korean_reason(first)}.",
            _SEE_DOCS,
        ) from error
    _refuse_data_file(settings.data_dir)
    _refuse_nameless_model(settings)
    return settings


def describe(settings: Settings) -> list[SettingLine]:
    """List every setting with its value and where the value came from."""
    environment = {name.upper() for name, value in os.environ.items() if value}
    file = _file_names()
    lines = []
    for name, field in Settings.model_fields.items():
        variable = PREFIX + name.upper()
        source = "기본값"
        if variable in environment:
            source = "환경 변수"
        elif variable in file:
            source = str(ENV_FILE)
        held = getattr(settings, name)
        value = "" if held is None else str(held)
        lines.append(SettingLine(variable, value, source, field.description or ""))
    return lines


def _refuse_unknown() -> None:
    known = variable_names()
    named = [name.upper() for name in os.environ] + sorted(_file_names())
    for name in named:
        if name.startswith(PREFIX) and name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"{did_you_mean(near[0])} " if near else ""
            raise InputError("unknown_setting", f"알 수 없는 설정입니다: {name}.", hint + _SEE_DOCS)


def _refuse_nameless_model(settings: Settings) -> None:
    """Refuse the address of a model server without a model, which would not be used."""
    if settings.llm_base_url and not settings.llm:
        raise InputError(
            "bad_setting",
            f"설정 {PREFIX}LLM_BASE_URL이 있는데 {PREFIX}LLM이 비어 있습니다.",
            f"{PREFIX}LLM에 그 서버의 모델 이름을 적으세요.",
        )
    if settings.language_model is not None:
        room = settings.llm_context_tokens - settings.llm_max_tokens
        if room < LEAST_PROMPT_TOKENS:
            raise InputError(
                "bad_setting",
                f"설정 {PREFIX}LLM_CONTEXT_TOKENS에서 {PREFIX}LLM_MAX_TOKENS를 빼면 {room}토큰이"
                " 남아 문서를 읽힐 수 없습니다.",
                f"차이가 {LEAST_PROMPT_TOKENS}토큰 이상이 되게 하세요.",
            )


def _refuse_data_file(folder: Path) -> None:
    """Refuse a data folder that can never be one, before it looks like a damaged index."""
    try:
        place = next((path for path in (folder, *folder.parents) if path.exists()), None)
        reason = None if place is None or place.is_dir() else f"{place}는 폴더가 아닙니다"
    except OSError as error:
        reason = korean_os_reason(error)
    if reason:
        raise InputError(
            "bad_setting",
            f"설정 {PREFIX}DATA_DIR의 값 '{folder}'에 데이터를 둘 수 없습니다: {reason}.",
            "폴더의 경로로 바꾸세요.",
        )


def _file_names() -> set[str]:
    if ENV_FILE.is_dir():
        raise InputError(
            "bad_setting",
            f"설정 파일이 있을 자리에 폴더가 있습니다: {ENV_FILE.absolute()}",
            "폴더를 지우거나 이름을 바꾸세요.",
        )
    try:
        source = DotEnvSettingsSource(Settings)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            "bad_setting",
            f"설정 파일을 읽을 수 없습니다: {ENV_FILE.absolute()}",
            "UTF-8로 저장했는지, 읽기 권한이 있는지 확인하세요.",
        ) from error
    return {name.upper() for name, value in source.env_vars.items() if value}
