"""Settings, from ``GEUNGEO_*`` variables and a ``.env`` file in the current folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import platformdirs
from pydantic import BeforeValidator, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.api_keys import FILE_NAME as KEYS
from api.api_keys import KeyFile, given_keys

if TYPE_CHECKING:
    from api.answer.generation.model_settings import ModelSettings

PREFIX = "GEUNGEO_"
ENV_FILE = Path(".env")
_DEFAULT_THREADS = 4
# Our rules, a question and one passage by the bound on their tokens.
LEAST_PROMPT_TOKENS = 2048

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
        description="임베딩 모델의 폴더나 이름입니다. 비우면 함께 설치되는 기본 모델을 씁니다."
        " 바꾸면 `geungeo ingest 문서폴더 --rebuild`로 다시 임베딩해야 합니다.",
    )
    reranker: str = Field(
        default="",
        description="찾은 단락을 다시 채점할 교차 인코더(CrossEncoder)의 폴더나 이름입니다."
        " 비우면 재정렬하지 않습니다.",
    )
    llm: str = Field(
        default="",
        max_length=200,
        description="답을 쓸 언어 모델입니다(예: openai:gpt-4o-mini). 비우면 문서의 문장을 골라"
        " 답합니다.",
    )
    llm_base_url: str = Field(
        default="",
        pattern=r"^(https?://[^\s/?#@]+[^\s?#@]*)?$",
        description="OpenAI 호환 서버의 주소입니다(예: http://127.0.0.1:8080/v1). 비우면 그"
        " 제공자의 기본 주소를 씁니다.",
    )
    llm_api_key: SecretStr = Field(
        default=SecretStr(""),
        description="언어 모델 서버의 API 키입니다. 화면과 로그에 나타나지 않습니다.",
    )
    # Below the minute for which a KakaoTalk callback is good.
    llm_timeout_seconds: float = Field(
        default=45.0,
        gt=0,
        le=600,
        allow_inf_nan=False,
        description="언어 모델의 답을 다시 시도까지 합쳐 기다리는 최대 시간(초)입니다. 넘기면"
        " 문서의 문장으로 답합니다.",
    )
    llm_first_token_seconds: float = Field(
        default=20.0,
        gt=0,
        le=600,
        allow_inf_nan=False,
        description="언어 모델이 답을 시작하기를 기다리는 최대 시간(초)입니다.",
    )
    llm_max_tokens: int = Field(
        default=1024, ge=16, le=100_000, description="언어 모델이 쓰는 답의 최대 토큰 수입니다."
    )
    llm_context_tokens: int = Field(
        default=8192,
        ge=1024,
        le=10_000_000,
        description="언어 모델이 한 번에 읽고 쓰는 최대 토큰 수입니다. 넘치면 뒤쪽 단락을 뺍니다."
        " 답의 최대 토큰 수보다 2,048 이상 커야 합니다.",
    )
    llm_retries: int = Field(
        default=2,
        ge=0,
        le=10,
        description="언어 모델 호출이 일시적으로 실패했을 때 다시 시도하는 횟수입니다.",
    )
    llm_temperature: float | None = Field(
        default=None,
        ge=0,
        le=2,
        allow_inf_nan=False,
        description="언어 모델의 온도입니다. 비우면 주소를 적은 서버에는 0을 쓰고, 그 밖에는"
        " 제공자의 기본값을 씁니다.",
    )
    llm_prompt_price: float | None = Field(
        default=None,
        ge=0,
        allow_inf_nan=False,
        description="보내는 토큰 100만 개의 값(미국 달러)입니다. 답과 함께 비용을 알려 줍니다.",
    )
    llm_completion_price: float | None = Field(
        default=None,
        ge=0,
        allow_inf_nan=False,
        description="받는 토큰 100만 개의 값(미국 달러)입니다.",
    )
    threads: int = Field(
        default_factory=_default_threads,
        ge=1,
        le=256,
        description="임베딩과 재정렬에 쓸 스레드 수입니다. 기본값은 CPU 수이며 4를 넘지 않습니다.",
    )
    host: str = Field(
        default="127.0.0.1",
        description="서버가 요청을 받을 주소입니다. 다른 컴퓨터에서 접속하게 하려면 API 키를"
        " 만들거나"
        " `geungeo serve --allow-remote`로 켜야 합니다.",
    )
    port: int = Field(
        default=8000, ge=0, le=65535, description="서버 포트입니다. 0이면 빈 포트를 고릅니다."
    )
    api_keys: SecretStr = Field(
        default=SecretStr(""),
        description="쓸 수 있는 API 키입니다. `ask:키`나 `admin:키`를 쉼표로 나누어 적고, 키는 16자"
        " 이상이어야 합니다."
        " `geungeo keys create`로 만든 키와 함께 씁니다.",
    )
    rate_limit: str = Field(
        default="120/minute",
        description="같은 키와 주소로 요청할 수 있는 횟수이며, second, minute, hour,"
        " day로 적습니다. 키 없이 쓰는"
        " 이 컴퓨터의 요청은 세지 않습니다. 비우면 제한하지 않습니다.",
    )
    allowed_origins: str = Field(
        default="",
        description="이 서버를 부를 수 있는 다른 웹 페이지의 주소(예: https://www.example.kr)이며,"
        " 쉼표로 나눕니다.",
    )
    public_url: str = Field(
        default="",
        pattern=r"^(https?://[^\s/?#]+[^\s?#]*)?$",
        description="사람들이 웹 페이지를 여는 주소입니다(예: https://geungeo.example.kr). 카카오톡"
        " 근거 카드의 단추가 이 주소로 이어집니다. 비우면 단추를 넣지 않습니다.",
    )
    kakao_callback_hosts: str = Field(
        default="kakao.com",
        description="카카오톡 콜백으로 답을 보내도 되는 호스트이며, 쉼표로 나눕니다. 그 아래 이름도"
        " 됩니다.",
    )
    max_question_chars: int = Field(
        default=2000,
        ge=1,
        le=100_000,
        description="질문과 검색어의 최대 글자 수입니다. 앞선 대화는 한 마디에 앞의 이만큼만"
        " 봅니다.",
    )
    max_body_bytes: int = Field(
        default=1_000_000, ge=1000, description="HTTP 요청 본문의 최대 크기(바이트)입니다."
    )
    max_upload_bytes: int = Field(
        default=10_000_000,
        ge=1000,
        le=50_000_000,
        description="올리는 파일 하나의 최대 크기(바이트)입니다.",
    )
    max_upload_files: int = Field(
        default=20, ge=1, le=1000, description="한 번에 올릴 수 있는 파일의 최대 개수입니다."
    )
    body_seconds: float = Field(
        default=60.0,
        gt=0,
        allow_inf_nan=False,
        description="요청 본문을 기다리는 최대 시간(초)입니다.",
    )
    ingest_wait_seconds: float = Field(
        default=60.0,
        ge=0,
        allow_inf_nan=False,
        description="다른 색인 작업이 끝나기를 기다리는 최대 시간(초)입니다.",
    )
    mask_answers: bool = Field(
        default=False,
        description="참이면 답과 인용에서도 주민등록번호, 전화번호, 전자우편 주소, 카드 번호 등을"
        " 가립니다. 로그에서는 언제나 가립니다.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info",
        description="서버 로그의 자세한 정도입니다(debug, info, warning, error).",
    )

    @property
    def language_model(self) -> ModelSettings | None:
        """The language model that writes answers, or None where none is set."""
        if not self.llm:
            return None
        from api.answer.generation.model_settings import ModelSettings, Prices

        prices = (self.llm_prompt_price, self.llm_completion_price)
        return ModelSettings(
            name=self.llm,
            base_url=self.llm_base_url,
            api_key=self.llm_api_key if self.llm_api_key.get_secret_value() else None,
            timeout_seconds=self.llm_timeout_seconds,
            first_token_seconds=self.llm_first_token_seconds,
            max_tokens=self.llm_max_tokens,
            context_tokens=self.llm_context_tokens,
            retries=self.llm_retries,
            prices=None if prices == (None, None) else Prices(*(p or 0.0 for p in prices)),
            temperature=self.llm_temperature,
        )

    def key_file(self) -> KeyFile:
        """Return the keys that open this service.

        Raises:
            InputError: ``bad_setting`` where a key of the settings cannot be one.
        """
        given = given_keys(self.api_keys.get_secret_value())
        return KeyFile(self.data_dir / KEYS, given)

    def origins(self) -> list[str]:
        """Return the other web pages that may call this service."""
        named = (origin.strip().lower().rstrip("/") for origin in self.allowed_origins.split(","))
        return [origin for origin in named if origin]

    @property
    def models_dir(self) -> Path:
        """Where embedding models are unpacked."""
        return self.data_dir / "models"

    @property
    def index_dir(self) -> Path:
        """Where the generations of the index lie."""
        return self.data_dir / "index"


def variable_names() -> tuple[str, ...]:
    """Return the environment variable of every setting."""
    return tuple(PREFIX + name.upper() for name in Settings.model_fields)
