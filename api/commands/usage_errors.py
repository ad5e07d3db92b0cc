"""Typer's complaints about wrong use, in Korean."""

from __future__ import annotations

import re
from typing import Any

from typer import TyperException

from api.josa import did_you_mean, with_particle
from ingest.errors import InputError

_QUOTED = re.compile(r"'([^']*)'|\(([^()]*)\)")


def usage_error(error: TyperException) -> InputError:
    """Translate what typer raised.

    Args:
        error: a usage error; its class and attributes tell what is wrong.

    Returns:
        The same as one of our errors, with code ``usage``.
    """
    context: Any = getattr(error, "ctx", None)
    command = context.command_path if context else "geungeo"
    return InputError("usage", _message(error), f"`{command} --help`에서 사용법을 확인하세요.")


def _message(error: TyperException) -> str:
    kind = type(error).__name__
    option = getattr(error, "option_name", "")
    parameter: Any = getattr(error, "param", None)
    name = _parameter_name(parameter)
    if kind == "NoSuchOption":
        near = getattr(error, "possibilities", None)
        hint = f" {did_you_mean(', '.join(sorted(near)))}" if near else ""
        return f"없는 옵션입니다: {option}.{hint}"
    if kind == "BadOptionUsage":
        if "does not take a value" in error.message:
            return f"옵션 {option}에는 값을 붙일 수 없습니다."
        return f"옵션 {option}에 값이 필요합니다."
    if kind == "MissingParameter":
        return f"{with_particle(name, '이/가')} 빠졌습니다."
    if kind == "BadParameter":
        return f"{name}의 값이 올바르지 않습니다: {_reason(error)}."
    return _other(error.message)


def _parameter_name(parameter: Any) -> str:
    if parameter is None:
        return "인자"
    if parameter.param_type_name == "option":
        return f"옵션 {parameter.opts[0]}"
    return f"인자 {parameter.metavar or parameter.name}"


def _reason(error: TyperException) -> str:
    from pydantic import ValidationError

    from api.validation_text import korean_reason

    cause = error.__cause__
    if isinstance(cause, ValidationError):
        return korean_reason(cause.errors()[0])
    return error.message.rstrip(".")


def _other(message: str) -> str:
    quoted = ["".join(groups) for groups in _QUOTED.findall(message)]
    if message.startswith("No such command") and quoted:
        hint = f" {did_you_mean(quoted[1])}" if quoted[1:] else ""
        return f"없는 명령입니다: {quoted[0]}.{hint}"
    if message.startswith("Got unexpected extra argument"):
        extra = message.partition("(s) (")[2].rstrip(")")
        return f"남는 인자가 있습니다: {extra}. 띄어 쓴 문장은 따옴표로 묶으세요."
    if message.startswith("Missing command"):
        return "명령이 빠졌습니다."
    return f"사용법이 맞지 않습니다: {message}"
