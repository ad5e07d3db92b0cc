"""Commands that other packages add through the entry points of ``geungeo.commands``."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import Any

import typer.main
from typer.core import TyperCommand
from typer.models import DefaultPlaceholder

from api.commands.help_text import KoreanCommand, KoreanGroup
from ingest.errors import OperatorError

ENTRY_POINTS = "geungeo.commands"


class ExtensibleGroup(KoreanGroup):
    """The commands of ``geungeo``, those of other packages behind its own.

    The others are looked up only for a name that is none of its own, or when all are listed, so
    that ``geungeo ask`` does not wait for them.
    """

    _own: MutableMapping[str, Any]
    _all: MutableMapping[str, Any] | None = None

    @property
    def commands(self) -> MutableMapping[str, Any]:
        """Every command by name."""
        if self._all is None:
            added = {name: group for name, group in _added() if name not in self._own}
            self._all = {**self._own, **added}
        return self._all

    @commands.setter
    def commands(self, own: MutableMapping[str, Any]) -> None:
        self._own = own

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the command of a name, or None."""
        return self._own.get(cmd_name) or self.commands.get(cmd_name)


def _added() -> Iterator[tuple[str, Any]]:
    from importlib.metadata import entry_points

    for entry in entry_points(group=ENTRY_POINTS):
        try:
            plugin = entry.load()
        except (ImportError, AttributeError) as error:
            package = entry.dist.name if entry.dist else entry.value
            raise OperatorError(
                "plugin_unavailable",
                f"명령 '{entry.name}'을 더하는 패키지 {package}를 불러오지 못했습니다: {error}",
                f"`pip install --force-reinstall {package}`로 다시 설치하거나 지우세요.",
            ) from error
        _speak_korean(plugin)
        yield entry.name, typer.main.get_group(plugin)


def _speak_korean(plugin: typer.Typer) -> None:
    """Give a group and its commands the help of ours, where they have none of their own."""
    if isinstance(plugin.info.cls, DefaultPlaceholder):
        plugin.info.cls = KoreanGroup
    for info in plugin.registered_commands:
        if info.cls is None or info.cls is TyperCommand:
            info.cls = KoreanCommand
