"""The table of settings in docs/configuration.md, made from the settings themselves.

``python -m api.settings_table docs/configuration.md`` writes it anew between its marks.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pydantic import SecretStr
from pydantic_core import PydanticUndefined

from api.settings import PREFIX, Settings

BEGIN, END = "<!-- 설정 표 시작 -->", "<!-- 설정 표 끝 -->"
_NONE = "(없음)"
_BY_PLACE = "(설치한 곳에 따라)"


def settings_table() -> str:
    """Return one row a setting: its variable, its default and what it is for."""
    rows = ["| 설정 | 기본값 | 뜻 |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        meaning = (field.description or "").replace("|", "\\|")
        rows.append(f"| `{PREFIX}{name.upper()}` | {_shown(field.default)} | {meaning} |")
    return "\n".join(rows)


def with_table(page: str) -> str:
    """Return a page with the table between its marks.

    Raises:
        ValueError: where a mark is missing.
    """
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{BEGIN} / {END}")
    return f"{before}{BEGIN}\n\n{settings_table()}\n\n{END}{after}"


def _shown(default: object) -> str:
    if default is PydanticUndefined:
        return _BY_PLACE
    if isinstance(default, SecretStr) or default in {None, ""}:
        return _NONE
    if isinstance(default, bool):
        return f"`{str(default).lower()}`"
    return f"`{default:g}`" if isinstance(default, float) else f"`{default}`"


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(with_table(path.read_text(encoding="utf-8")), encoding="utf-8")
