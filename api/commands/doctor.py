"""``geungeo doctor``."""

from __future__ import annotations

from dataclasses import asdict

import typer

from api.commands.console import say, say_bold, say_dim, say_json
from api.commands.options import AsJson
from api.text import one_line

EXAMPLES = """
geungeo doctor
geungeo doctor --json
"""
_MARKS = {"ok": "✓", "note": "·", "fail": "✗"}


def doctor(as_json: AsJson = False) -> None:
    """설치와 설정을 살펴보고, 잘못된 것이 있으면 고치는 방법을 알려 줍니다."""
    from api.checks import run_checks
    from api.service import Service
    from api.settings_loading import describe, load_settings

    settings = load_settings()
    service = Service(settings)
    found = []
    for check in run_checks(service):
        found.append(check)
        if not as_json:
            say(one_line(f"{_MARKS[check.state]} {check.title}: {check.detail}"))
            if check.remedy:
                say(f"    → {check.remedy}")
    service.close()
    wrong = [check for check in found if check.state == "fail"]
    if as_json:
        lines = [asdict(line) for line in describe(settings)]
        say_json({"ok": not wrong, "checks": [asdict(c) for c in found], "settings": lines})
    else:
        say_bold("설정")
        for line in describe(settings):
            say(one_line(f"  {line.variable} = {line.value or '(빈 값)'}  [{line.source}]"))
            say_dim(f"      {line.description}")
        say_bold(f"고칠 것이 {len(wrong)}가지 있습니다." if wrong else "이상이 없습니다.")
    if wrong:
        raise typer.Exit(1)
