"""Whether an installation can work, check by check, and how to mend what cannot."""

from __future__ import annotations

import platform
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Literal

from api.os_errors import korean_os_reason
from api.service import Service
from api.settings import Settings
from ingest.errors import GeungeoError

if TYPE_CHECKING:
    from api.answer.generation.failure import FailureReason

OLDEST_PYTHON = (3, 11)
# The unpacked model takes 715 MB and an index of two reports less than ten.
LEAST_FREE_BYTES = 1_000_000_000
_MIB = 1024 * 1024
_SHORT_CALL = "안녕하세요. 한 낱말로만 답해 주세요."
_LLM_FAILURES: dict[FailureReason, str] = {
    "timeout": "시간 안에 답하지 않았습니다.",
    "rate_limited": "요청이 너무 많다고 거절했습니다.",
    "unavailable": "답하지 못했습니다.",
    "circuit_open": "잇달아 실패해 묻지 않았습니다.",
}
_LLM_REMEDY = (
    "서버가 켜져 있는지, GEUNGEO_LLM과 주소, 키가 맞는지 확인하세요. 그동안은 문서의 문장을 골라"
    " 답합니다."
)


@dataclass(frozen=True, slots=True)
class Check:
    """What one check found.

    Attributes:
        name: stable name.
        title: what was checked, in Korean.
        state: ``ok``, ``note`` (works, but worth knowing) or ``fail``.
        detail: what was found, in Korean.
        remedy: how to mend it; empty where nothing is to be done.
    """

    name: str
    title: str
    state: Literal["ok", "note", "fail"]
    detail: str
    remedy: str = ""


def run_checks(service: Service) -> Iterator[Check]:
    """Check everything a question needs, each on its own, so that one failure hides no other."""
    settings = service.settings
    yield _python()
    yield _packages()
    yield _data_dir(settings)
    yield _corpus_dir(settings)
    yield _checked("model", "임베딩 모델", lambda: _model(service))
    if settings.reranker:
        yield _checked("reranker", "재정렬 모델", lambda: _reranker(service))
    if settings.llm:
        yield _checked("llm", "언어 모델", lambda: _language_model(service))
    yield _checked("index", "색인 파일", lambda: _index(service))
    yield _checked("match", "색인과 모델의 짝", lambda: _match(service))


def _checked(name: str, title: str, check: Callable[[], Check]) -> Check:
    try:
        return check()
    except GeungeoError as error:
        return Check(name, title, "fail", error.message, error.remedy)


def _python() -> Check:
    version = platform.python_version()
    if sys.version_info[:2] < OLDEST_PYTHON:
        return Check("python", "파이썬", "fail", version, "파이썬 3.11 이상을 설치하세요.")
    return Check("python", "파이썬", "ok", f"{version} ({sys.executable})")


def _packages() -> Check:
    title = "패키지"
    try:
        needed = metadata.requires("geungeo") or []
    except metadata.PackageNotFoundError:
        return Check(
            "packages", title, "fail", "geungeo가 설치되지 않았습니다.", "`pip install -e .`"
        )
    names = [_name(line) for line in needed if "extra ==" not in line]
    missing = [name for name in names if not _installed(name)]
    if missing:
        return Check(
            "packages",
            title,
            "fail",
            f"없는 패키지: {', '.join(missing)}",
            f"`pip install {' '.join(missing)}`로 설치하세요.",
        )
    return Check("packages", title, "ok", f"필요한 {len(names)}개가 모두 있습니다.")


def _name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    return found.group() if found else requirement


def _installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _data_dir(settings: Settings) -> Check:
    folder, title = settings.data_dir, "데이터 폴더"
    remedy = "GEUNGEO_DATA_DIR을 쓸 수 있는 폴더로 바꾸거나 권한을 고치세요."
    existing = next((p for p in (folder, *folder.parents) if p.exists()), folder)
    try:
        with tempfile.TemporaryFile(dir=existing) as file:
            file.write(b"geungeo")
        free = shutil.disk_usage(existing).free
    except OSError as error:
        reason = korean_os_reason(error)
        return Check("data_dir", title, "fail", f"{folder}에 쓸 수 없습니다: {reason}", remedy)
    detail = f"{folder} (빈 공간 {free / 1e9:.1f}GB)"
    unpacked = (settings.models_dir).is_dir()
    if free < LEAST_FREE_BYTES and not unpacked:
        return Check(
            "data_dir", title, "fail", detail, "모델을 풀려면 1GB가 필요합니다. 공간을 비우세요."
        )
    return Check("data_dir", title, "ok", detail)


def _corpus_dir(settings: Settings) -> Check:
    folder, title = settings.corpus_dir, "처음 색인할 폴더"
    if folder.is_dir():
        return Check("corpus_dir", title, "ok", str(folder))
    return Check(
        "corpus_dir",
        title,
        "note",
        f"없는 폴더입니다: {folder}",
        "색인이 이미 있으면 괜찮습니다. 없으면 `geungeo ingest 문서폴더`로 만드세요.",
    )


def _model(service: Service) -> Check:
    settings, title = service.settings, "임베딩 모델"
    if not settings.embedding_model:
        from retriever.model_folder import find_damage
        from retriever.packaged_model import packaged_model_folder

        folder = packaged_model_folder(settings.models_dir)
        if not folder.exists():
            return Check(
                "model",
                title,
                "note",
                "아직 풀지 않았습니다.",
                "처음 질문하거나 색인할 때 저절로 풉니다(1분 이내).",
            )
        damage = find_damage(folder, everything=True)
        if damage:
            return Check(
                "model",
                title,
                "fail",
                f"{folder}의 {damage} 파일이 없거나 손상되었습니다.",
                "다음 질문이나 색인 때 저절로 다시 풉니다.",
            )
    fingerprint = service.models.encoder().fingerprint
    return Check("model", title, "ok", f"{fingerprint.model} ({fingerprint.dimension}차원)")


def _reranker(service: Service) -> Check:
    loaded = service.models.reranker()
    return Check("reranker", "재정렬 모델", "ok", loaded.name if loaded else "쓰지 않습니다.")


def _language_model(service: Service) -> Check:
    """Ask the model for a first word; its key is never shown."""
    from langchain_core.messages import HumanMessage

    from api.answer.generation.failure import GenerationFailed

    title, settings = "언어 모델", service.settings
    named = f"{settings.llm} ({settings.llm_base_url or '제공자의 기본 주소'})"
    generator = service.models.generator()
    assert generator is not None  # noqa: S101 - asked only where one is set
    begun = time.perf_counter()
    try:
        with closing(generator.model.stream([HumanMessage(_SHORT_CALL)])) as said:
            next(said)
    except GenerationFailed as error:
        detail = f"{named}: {_LLM_FAILURES[error.reason]} ({error.detail})"
        return Check("llm", title, "fail", detail, _LLM_REMEDY)
    seconds = time.perf_counter() - begun
    return Check("llm", title, "ok", f"{named}: {seconds:.1f}초 만에 답했습니다.")


def _index(service: Service) -> Check:
    from retriever.generation import IndexFolder

    title = "색인 파일"
    current = IndexFolder(service.settings.index_dir).current()
    if current is None:
        return Check(
            "index",
            title,
            "note",
            "아직 색인이 없습니다.",
            "처음 질문할 때 만들거나, `geungeo ingest 문서폴더`로 만듭니다.",
        )
    manifest = current.verify()
    size = sum(record["bytes"] for record in manifest.files.values()) / _MIB
    counts = manifest.counts
    return Check(
        "index",
        title,
        "ok",
        f"{current.name}: 문서 {counts['documents']}개, 단락 {counts['passages']:,}개,"
        f" {size:.1f}MB, 체크섬 일치",
    )


def _match(service: Service) -> Check:
    title = "색인과 모델의 짝"
    if service.library.generation() is None:
        return Check("match", title, "note", "아직 색인이 없습니다.")
    service.check_index()
    return Check("match", title, "ok", "색인을 지금 설정으로 검색할 수 있습니다.")
