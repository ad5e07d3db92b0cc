"""Help in Korean: what a command does, its parts, and examples one can paste."""

from __future__ import annotations

import inspect
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from typer.core import TyperCommand, TyperGroup

if TYPE_CHECKING:
    from typer._click import Context, HelpFormatter, Parameter

_GAP = 2


class KoreanCommand(TyperCommand):
    """A command whose help is in Korean."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the help."""
        params = self.get_params(ctx)
        arguments = [p for p in params if p.param_type_name == "argument"]
        usage = " ".join([ctx.command_path, "[옵션]", *(_argument_name(p) for p in arguments)])
        _write_head(formatter, usage, self.help)
        _write_rows(formatter, "인자", [_argument_row(p) for p in arguments])
        _write_rows(formatter, "옵션", _option_rows(params, ctx))
        _write_examples(formatter, self.epilog)


class KoreanGroup(TyperGroup):
    """A group of commands whose help is in Korean."""

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the help."""
        _write_head(formatter, f"{ctx.command_path} [옵션] 명령 …", self.help)
        rows = [
            (name, _first_line(command.help))
            for name, command in self.commands.items()
            if not command.hidden
        ]
        _write_rows(formatter, "명령", rows)
        _write_rows(formatter, "옵션", _option_rows(self.get_params(ctx), ctx))
        _write_examples(formatter, self.epilog)


def width(text: str) -> int:
    """Return how many columns a terminal uses for a text."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _write_head(formatter: HelpFormatter, usage: str, help_text: str | None) -> None:
    formatter.write(f"사용법: {usage}\n\n{inspect.cleandoc(help_text or '')}\n")


def _write_rows(formatter: HelpFormatter, title: str, rows: Sequence[tuple[str, str]]) -> None:
    if not rows:
        return
    column = max(width(name) for name, _ in rows) + _GAP
    lines = [f"  {name}{' ' * (column - width(name))}{text}" for name, text in rows]
    formatter.write("\n".join(["", f"{title}:", *lines, ""]))


def _write_examples(formatter: HelpFormatter, epilog: str | None) -> None:
    if epilog:
        lines = [f"  {line}" for line in inspect.cleandoc(epilog).splitlines()]
        formatter.write("\n".join(["", "예:", *lines, ""]))


def _argument_name(parameter: Parameter) -> str:
    name = getattr(parameter, "metavar", None) or str(parameter.name)
    return name if parameter.required else f"[{name}]"


def _argument_row(parameter: Parameter) -> tuple[str, str]:
    return _argument_name(parameter), getattr(parameter, "help", None) or ""


def _option_rows(parameters: Sequence[Parameter], ctx: Context) -> list[tuple[str, str]]:
    return [_option_row(p, ctx) for p in parameters if p.param_type_name == "option"]


def _option_row(parameter: Parameter, ctx: Context) -> tuple[str, str]:
    names = ", ".join(parameter.opts)
    if parameter.opts == list(ctx.help_option_names):
        return names, "이 도움말을 보여 줍니다."
    metavar = getattr(parameter, "metavar", None)
    text = getattr(parameter, "help", None) or ""
    default = parameter.default
    if metavar and default is not None and not callable(default):
        text = f"{text} [기본값: {default}]"
    return (f"{names} {metavar}" if metavar else names), text


def _first_line(help_text: str | None) -> str:
    return inspect.cleandoc(help_text or "").partition("\n")[0]
