"""Settings, from ``GEUNGEO_*`` variables and a ``.env`` file in the current folder."""

from __future__ import annotations

import difflib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import platformdirs
from pydantic import BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, DotEnvSettingsSource, SettingsConfigDict

from api.josa import did_you_mean
from api.os_errors import korean_os_reason
from api.validation_text import korean_reason
from ingest.errors import InputError

PREFIX = "GEUNGEO_"
ENV_FILE = Path(".env")
_DEFAULT_THREADS = 4
_SEE_DOCS = "쓸 수 있는 설정은 docs/configuration.md에 있습니다."

FolderPath = Annotated[Path, BeforeValidator(lambda value: Path(value).expanduser().absolute())]


def repository_root() -> Path | None:
    """Return the folder that holds ``pyproject.toml`` beside the packages, or None."""
    root = Path(__file__).resolve().parents[1]
    return root if (root / "pyproject.toml").is_file() else None


def _default_data_dir() -> Path:
    root = repository_root()
    return root / ".geungeo" if root else platformdirs.user_data_path("geungeo")


def _default_corpus_dir() -> Path:
    return (repository_root() or Path.cwd()) / "corpus"


def _default_threads() -> int:
    from retriever.encoder_base import available_cores

    return min(_DEFAULT_THREADS, available_cores())


class Settings(BaseSettings):
    """Every setting; the descriptions are shown by ``geungeo doctor``."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV_FILE,
        env_file_encoding="utf-8-sig",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
    )

    data_dir: FolderPath = Field(
        default_factory=_default_data_dir,
        description="색인과 모델을 두는 폴더입니다. 기본값은 저장소의 .geungeo이고, 저장소 밖에"
        " 설치하면 사용자 데이터 폴더입니다.",
    )
    corpus_dir: FolderPath = Field(
        default_factory=_default_corpus_dir,
        description="색인이 없을 때 처음 색인할 보고서 폴더입니다.",
    )
    embedding_model: str = Field(
        default="",
        description="임베딩 모델의 폴더나 이름입니다. 비우면 함께 설치되는 기본 모델을 씁니다.",
    )
    reranker: str = Field(
        default="",
        description="찾은 단락을 다시 채점할 교차 인코더(CrossEncoder)의 폴더나 이름입니다."
        " 비우면 재정렬하지 않습니다.",
    )
    threads: int = Field(
        default_factory=_default_threads,
        ge=1,
        le=256,
        description="임베딩과 재정렬에 쓸 스레드 수입니다. 기본값은 CPU 수이며 4를 넘지 않습니다.",
    )
    host: str = Field(default="127.0.0.1", description="서버가 요청을 받을 주소입니다.")
    port: int = Field(
        default=8000, ge=0, le=65535, description="서버 포트입니다. 0이면 빈 포트를 고릅니다."
    )
    max_question_chars: int = Field(
        default=2000, ge=1, le=100_000, description="질문과 검색어의 최대 글자 수입니다."
    )
    max_body_bytes: int = Field(
        default=1_000_000, ge=1000, description="HTTP 요청 본문의 최대 크기(바이트)입니다."
    )
    ingest_wait_seconds: float = Field(
        default=60.0,
        ge=0,
        allow_inf_nan=False,
        description="다른 색인 작업이 끝나기를 기다리는 최대 시간(초)입니다.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info",
        description="서버 로그의 자세한 정도입니다(debug, info, warning, error).",
    )

    @property
    def models_dir(self) -> Path:
        """Where embedding models are unpacked."""
        return self.data_dir / "models"

    @property
    def index_dir(self) -> Path:
        """Where the generations of the index lie."""
        return self.data_dir / "index"


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


def variable_names() -> tuple[str, ...]:
    """Return the environment variable of every setting."""
    return tuple(PREFIX + name.upper() for name in Settings.model_fields)


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
        value = str(getattr(settings, name))
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
