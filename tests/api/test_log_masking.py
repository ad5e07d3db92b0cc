import io
import json
import logging
from collections.abc import Iterator

import pytest

from api.logs import configure_logs


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    stream = io.StringIO()
    configure_logs("info", stream)
    yield stream
    root.handlers = handlers
    root.setLevel(level)


def test_no_identifier_reaches_a_log(lines: io.StringIO) -> None:
    try:
        raise ValueError("900101-1234567")
    except ValueError:
        logging.getLogger("ours").exception("걸려 온 번호 %s", "010-1234-5678")
    logging.getLogger("ours").info("메일 %s", {"to": "hong@example.com"})
    written = lines.getvalue()
    assert all(json.loads(line) for line in written.splitlines())
    assert "010-****-5678" in written
    assert "900101-*******" in written
    assert "h***@example.com" in written
    assert not any(kept in written for kept in ("1234-5678", "1234567", "hong@"))
