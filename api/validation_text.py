"""What is wrong with a value, in Korean, from pydantic's machine-readable errors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_TEXTS = {
    "missing": "꼭 있어야 하는 항목입니다",
    "extra_forbidden": "알 수 없는 항목입니다",
    "string_type": "문자열이어야 합니다",
    "string_unicode": "올바른 유니코드 문자열이어야 합니다",
    "int_type": "정수여야 합니다",
    "int_parsing": "정수여야 합니다",
    "int_parsing_size": "정수가 너무 깁니다",
    "int_from_float": "소수점이 없는 정수여야 합니다",
    "float_parsing": "숫자여야 합니다",
    "float_type": "숫자여야 합니다",
    "finite_number": "유한한 숫자여야 합니다",
    "bool_type": "true 또는 false여야 합니다",
    "bool_parsing": "true 또는 false여야 합니다",
    "list_type": "목록이어야 합니다",
    "model_type": "JSON 객체여야 합니다",
    "model_attributes_type": "JSON 객체여야 합니다",
    "dict_type": "JSON 객체여야 합니다",
    "path_type": "파일 경로여야 합니다",
    "greater_than_equal": "{ge} 이상이어야 합니다",
    "less_than_equal": "{le} 이하여야 합니다",
    "greater_than": "{gt}보다 커야 합니다",
    "less_than": "{lt}보다 작아야 합니다",
    "string_too_long": "{max_length}자 이하여야 합니다",
    "string_too_short": "{min_length}자 이상이어야 합니다",
    "too_long": "{max_length}개 이하여야 합니다",
    "too_short": "{min_length}개 이상이어야 합니다",
    "literal_error": "{expected} 가운데 하나여야 합니다",
}


def korean_reason(error: Mapping[str, Any]) -> str:
    """Say what is wrong with one value.

    Args:
        error: one entry of ``ValidationError.errors()``.

    Returns:
        A Korean sentence without its full stop.
    """
    context = {
        name: str(value).replace(" or ", ", ") if name == "expected" else value
        for name, value in error.get("ctx", {}).items()
    }
    text = _TEXTS.get(str(error["type"]), "올바르지 않은 값입니다")
    try:
        return text.format(**context)
    except KeyError:
        return "올바르지 않은 값입니다"
