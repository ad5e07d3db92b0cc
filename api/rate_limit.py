"""How often one key or one address may ask."""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from ingest.errors import InputError


class RateLimit:
    """Counts within this process.

    Args:
        rule: such as ``120/minute``; empty for no limit.
    """

    def __init__(self, rule: str) -> None:
        self._item = parse_rule(rule)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def wait_seconds(self, who: str) -> int:
        """Count one request; return 0, or after how many seconds the next may pass."""
        if self._item is None or self._limiter.hit(self._item, who):
            return 0
        reset = self._limiter.get_window_stats(self._item, who).reset_time
        return max(1, math.ceil(reset - time.time()))


def parse_rule(rule: str) -> RateLimitItem | None:
    """Read a rule; None where it is empty.

    Raises:
        InputError: ``bad_setting``.
    """
    if not rule.strip():
        return None
    try:
        return parse(rule)
    except ValueError as error:
        raise InputError(
            "bad_setting",
            f"설정 GEUNGEO_RATE_LIMIT의 값 '{rule}'은 쓸 수 없습니다.",
            "120/minute처럼 적으세요. second, minute, hour, day를 쓸 수 있습니다.",
        ) from error
