"""Logs as JSON, a line an event, on standard error."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping, Sequence
from typing import Any, TextIO

import structlog

from api.answer.masking import mask_personal


def configure_logs(level: str, stream: TextIO | None = None) -> None:
    """Send the logs of ours and of the libraries through one JSON formatter.

    Args:
        level: ``debug``, ``info``, ``warning`` or ``error``.
        stream: where they go instead.
    """
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                mask_event,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    # Its debug lines hold answers, which may quote the question.
    logging.getLogger("sse_starlette").setLevel(logging.INFO)
    # It logs whole requests, questions and passages in them.
    logging.getLogger("openai").setLevel(logging.INFO)
    for name in ("httpx", "httpx2", "httpcore", "httpcore2"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # What assistants ask would stand in its lines.
    logging.getLogger("mcp").setLevel(logging.WARNING)
    # It reports every processor that this one is not.
    logging.getLogger("faiss.loader").setLevel(logging.WARNING)


def mask_event(
    _logger: object, _method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Star out personal identifiers in every text of a log event, tracebacks included."""
    return {key: _masked(value) for key, value in event.items()}


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask_personal(value)
    if isinstance(value, Mapping):
        return {key: _masked(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [_masked(inner) for inner in value]
    return value if value is None or isinstance(value, (int, float)) else mask_personal(repr(value))
