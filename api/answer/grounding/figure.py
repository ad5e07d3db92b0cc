"""A figure as a sentence gives it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

TIME_UNITS = frozenset({"년", "월", "일", "년대", "연대", "세기", "분기"})
"""Units of what tells when, not how much."""
FIRST_YEAR, LAST_YEAR = Decimal(1000), Decimal(2100)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it is said.

    Attributes:
        start, end: offsets in the text, unit included.
        value: exact value, magnitudes applied.
        unit: canonical unit, or empty.
        bound: 이상, 초과, 이하, 미만, or a side for words that only tell the side; else empty.
        about: it is said to be approximate.
        end_of_range: ``low`` or ``high`` for the ends of a range, else empty.
        date: the year, month and day that are written together with it; else empty.
        side: of a date, ``from`` for 부터 and 이후, ``until`` for 까지, ``before`` for 이전, ``at``
            for 에, ``base`` for 보다 and 대비; else empty.
        vague: it is no number but a magnitude or a share: 수백 명, 절반.
        change: ``by`` for what something changed by (5% 증가), ``to`` for what it changed to (5%로
            증가), else empty.
    """

    start: int
    end: int
    value: Decimal
    unit: str
    bound: str = ""
    about: bool = False
    end_of_range: str = ""
    date: tuple[tuple[str, Decimal], ...] = ()
    side: str = ""
    vague: bool = False
    change: str = ""

    @property
    def is_year(self) -> bool:
        """Whether it can only be a calendar year."""
        whole = self.value == self.value.to_integral_value()
        return self.unit in ("년", "") and whole and FIRST_YEAR <= self.value <= LAST_YEAR

    @property
    def is_time(self) -> bool:
        """Whether it tells when, or how long, and not how much."""
        return self.is_year or self.unit in TIME_UNITS

    @property
    def key(self) -> str:
        """Value and unit in one spelling; a year is one with and without 년."""
        unit = "년" if self.is_year else self.unit
        return f"#{format(self.value.normalize(), 'f')}{unit}"
