"""What stands around a figure: 이상 and 미만, 약 and 여, 까지 and 부터, 5% 증가 and 5%로 증가."""

from __future__ import annotations

import re
from dataclasses import replace

from api.answer.grounding.figure import Figure

_BEFORE = re.compile(
    r"(?P<above>최소|적어도|최저)(?:한)?\s?$|(?P<below>최대|많아야|최고)\s?$|(?P<about>약|대략|거의|대체로)\s?$"
)
_BEFORE_CHARS = 6
_AFTER = re.compile(
    r"\s?(?:정도|가량)?\s?(?:(?P<strict>이상|이하|초과|미만)"
    r"|(?P<inside>이내)|(?:[을를이가]?\s?)(?P<over>넘[는은어긴기을었습으고]|넘게|웃[도돈돌])|(?P<under>[을를]\s?밑|에\s?못\s?미|에\s?미치지|미달)"
    r"|(?P<about>가량|안팎|내외|남짓|정도|가까이))"
)
_ABOVE, _BELOW = "초과~이상", "미만~이하"
_STRICT_SIDE = {"이상": _ABOVE, "초과": _ABOVE, "이하": _BELOW, "미만": _BELOW}


# What may stand behind a date.
_SIDE = re.compile(
    r"\s?(?:(?P<until>까지)|(?P<before>이전)|(?P<since>부터|이후)|(?P<base>보다|대비|에\s비[해하])"
    r"|(?P<at>에(?:는|도|만)?\s))"
)
_CHANGES = (
    r"(?:증가|감소|확대|축소|상승|하락|성장|급증|급감|늘|줄|오[르른름]|올[라랐]|떨어|내[려렸린])"
)
# Behind it: what it changed by, or what it changed to.
_CHANGE = re.compile(
    rf"(?P<by>\s?(?:가량|정도|이?나|씩)?\s?{_CHANGES})"
    rf"|(?P<to>\s?(?:수준|규모|가량|정도)?(?:으로|로|까지)\s(?:[가-힣]{{2,4}}\s)?{_CHANGES})"
)
# What a sentence may say of a date where its evidence says this: by 2035 something is so in 2035.
_MAY_SAY = {
    "": {"", "at"},
    "at": {"", "at"},
    "from": {"", "from"},
    "until": {"", "until", "at", "before"},
    "before": {"", "before", "until"},
    "base": {"", "base"},
}
_ENDS_OF_RANGE = {"low": "from", "high": "until"}


def with_bounds(text: str, figure: Figure) -> Figure:
    """Return a figure with the bound and the exactness that the words around it give."""
    before = _BEFORE.search(text, max(0, figure.start - _BEFORE_CHARS), figure.start)
    after = _AFTER.match(text, figure.end)
    bound, about = "", figure.about
    if before:
        bound = _ABOVE if before["above"] else _BELOW if before["below"] else ""
        about = about or bool(before["about"])
    if after:
        about = about or after["about"] in ("가량", "안팎", "내외", "남짓")
        if after["strict"]:
            bound = after["strict"]
        elif after["inside"] or after["under"]:
            bound = _BELOW
        elif after["over"]:
            bound = _ABOVE
    change = _CHANGE.match(text, figure.end)
    return replace(
        figure,
        bound=bound,
        about=about,
        side=_side(text, figure),
        change=(change.lastgroup or "") if change else "",
    )


def _side(text: str, figure: Figure) -> str:
    found = _SIDE.match(text, figure.end) if figure.is_time else None
    sides = {"until": "until", "before": "before", "since": "from", "base": "base", "at": "at"}
    return sides[found.lastgroup or ""] if found else ""


def same_side(said: Figure, stated: Figure) -> bool:
    """Tell whether a date is said to be from when, until when or when as it is stated."""
    sides = {stated.side, _ENDS_OF_RANGE.get(stated.end_of_range, stated.side)}
    return any(said.side in _MAY_SAY[side] for side in sides)


def same_change(said: Figure, stated: Figure) -> bool:
    """Tell whether what changed by a figure is not said to have changed to it, or the reverse."""
    return not {said.change, stated.change} >= {"by", "to"}


def same_bound(said: str, stated: str) -> bool:
    """Tell whether two bounds do not contradict each other; 이상 and 초과 do."""
    if said == stated:
        return True
    sides = _STRICT_SIDE.get(said, said), _STRICT_SIDE.get(stated, stated)
    both_strict = said in _STRICT_SIDE and stated in _STRICT_SIDE
    return sides[0] == sides[1] and not both_strict
