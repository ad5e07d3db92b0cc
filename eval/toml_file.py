"""Settings of the evaluation, read from TOML and checked, with what is wrong said in Korean."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ingest.errors import InputError, NotFoundError
from ingest.names import readable_path

_Model = TypeVar("_Model", bound=BaseModel)
_LINE = re.compile(r"line (\d+)")
_SEE_DOCS = "쓸 수 있는 항목은 docs/evaluation.md에 있습니다."
_REASONS = {
    "missing": "꼭 있어야 하는 항목입니다",
    "extra_forbidden": "알 수 없는 항목입니다",
    "string_type": "문자열이어야 합니다",
    "path_type": "파일 경로(문자열)여야 합니다",
    "int_type": "정수여야 합니다",
    "float_type": "숫자여야 합니다",
    "finite_number": "유한한 숫자여야 합니다",
    "tuple_type": "목록이어야 합니다",
    "bool_type": "true나 false여야 합니다",
    "bool_parsing": "true나 false여야 합니다",
    "list_type": "목록이어야 합니다",
    "dict_type": "이름과 값의 묶음이어야 합니다",
    "model_type": "이름과 값의 묶음이어야 합니다",
    "literal_error": "{expected} 가운데 하나여야 합니다",
    "greater_than_equal": "{ge} 이상이어야 합니다",
    "less_than_equal": "{le} 이하여야 합니다",
    "too_short": "{min_length}개 이상이어야 합니다",
    "string_pattern_mismatch": "모양이 맞지 않습니다",
}


def read_toml(path: Path, model: type[_Model]) -> _Model:
    """Read a TOML file as ``model``; a key that the model does not know is refused.

    Raises:
        NotFoundError: ``file_not_found``.
        InputError: ``unknown_setting`` naming the key, or ``bad_setting``.
    """
    return checked(_parsed(path), model, readable_path(path))


def checked(values: Any, model: type[_Model], place: str, code: str = "bad_setting") -> _Model:
    """Check values that stand at ``place``, which a message names.

    Raises:
        InputError: ``unknown_setting`` naming the key, or ``code``.
    """
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise _refused(error.errors()[0], model, place, code) from error


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, IsADirectoryError) as error:
        raise NotFoundError(
            "file_not_found", f"파일이 없습니다: {readable_path(path)}", "경로를 확인하세요."
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            "bad_setting", f"UTF-8로 읽을 수 없습니다: {readable_path(path)}", "UTF-8로 저장하세요."
        ) from error
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        where = f" {line[1]}번째 줄" if line else ""
        raise InputError(
            "bad_setting", f"TOML 문법에 맞지 않습니다: {readable_path(path)}{where}", _SEE_DOCS
        ) from error


def _refused(first: Mapping[str, Any], model: type[BaseModel], place: str, code: str) -> InputError:
    name = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        near = difflib.get_close_matches(name, list(model.model_fields), n=1)
        hint = f"'{near[0]}'인지 확인하세요. " if near else ""
        return InputError(
            "unknown_setting", f"{place}에 알 수 없는 항목이 있습니다: {name}", hint + _SEE_DOCS
        )
    if first["type"] == "value_error":
        reason = str(first["ctx"]["error"])
    else:
        reason = _REASONS.get(str(first["type"]), "올바르지 않은 값입니다")
        context = {k: str(v).replace(" or ", ", ") for k, v in first.get("ctx", {}).items()}
        reason = reason.format_map(context)
    subject = f"항목 {name}의 값을 쓸 수 없습니다" if name else "값을 쓸 수 없습니다"
    return InputError(code, f"{place}: {subject}: {reason}.", _SEE_DOCS)
