"""Loading the models behind a server that already listens, and whether it may answer yet."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import structlog

from api.service import Service
from ingest.errors import GeungeoError, OperatorError, RetryLaterError

RETRY_SECONDS = 10.0
# How soon a new index gets its example questions.
EXAMPLES_SECONDS = 5.0
_UNEXPECTED = OperatorError(
    "open_failed",
    "모델이나 색인을 여는 중에 예상하지 못한 오류가 났습니다.",
    "서버의 로그를 확인하세요. 서버는 계속 다시 시도합니다.",
)


class Warmup:
    """Opens a service in the background, trying again while that fails.

    Args:
        service: what to open.
        on_ready: called once, when the first question can be answered.
    """

    def __init__(self, service: Service, on_ready: Callable[[], None] | None = None) -> None:
        self._service = service
        self._on_ready = on_ready
        self._error: GeungeoError | None = None
        self._ended = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; call this from the event loop."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Give up where it is not done yet."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def check(self) -> None:
        """Raise while a question would have to wait for the models.

        Raises:
            RetryLaterError: ``starting`` while they load.
            GeungeoError: why they could not be loaded.
        """
        if self._ended:
            return
        if self._error is not None:
            raise self._error.with_traceback(None)
        raise RetryLaterError(
            "starting", "모델과 색인을 읽고 있습니다.", "잠시 뒤 다시 보내 주세요."
        )

    async def _run(self) -> None:
        while not self._service.opened:
            try:
                await asyncio.to_thread(self._service.open)
            except GeungeoError as error:
                self._error = _not_the_clients(error)
                structlog.get_logger("geungeo").error("open_failed", code=error.code)
                await asyncio.sleep(RETRY_SECONDS)
            except Exception:  # noqa: BLE001 - told to whoever asks, and in the log
                self._error = _UNEXPECTED
                structlog.get_logger("geungeo").exception("open_failed")
                await asyncio.sleep(RETRY_SECONDS)
        try:
            # Both models finish loading at their first text only.
            await asyncio.to_thread(self._service.search, "준비", top_k=1)
            await asyncio.to_thread(self._service.warm)
        except OperatorError as error:
            structlog.get_logger("geungeo").warning("index_not_ready", code=error.code)
        self._ended = True
        if self._on_ready is not None:
            self._on_ready()
        while True:
            await self._make_examples()
            await asyncio.sleep(EXAMPLES_SECONDS)

    async def _make_examples(self) -> None:
        """Make the example questions of an index that has none yet."""
        try:
            await asyncio.to_thread(self._service.make_examples)
        except OperatorError:
            # There is no index to make them from; whoever asks is told so.
            return
        except Exception:  # noqa: BLE001 - the server goes on without examples
            structlog.get_logger("geungeo").exception("examples_failed")


def _not_the_clients(error: GeungeoError) -> GeungeoError:
    """Return the error of a wrong setting as one that whoever runs the service must mend."""
    if isinstance(error, (OperatorError, RetryLaterError)):
        return error
    return OperatorError(error.code, error.message, error.remedy)
