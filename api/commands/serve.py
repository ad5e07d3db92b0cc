"""``geungeo serve``."""

from __future__ import annotations

import contextlib
import errno
import socket
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.console import announce_first_index, note, say, say_bold, shown_progress
from api.hosts import is_loopback
from api.os_errors import korean_os_reason
from ingest.errors import InputError, OperatorError

if TYPE_CHECKING:
    from api.service import Service
    from api.settings import Settings

EXAMPLES = """
geungeo serve
geungeo serve --port 9000
geungeo serve --workers 4
geungeo serve --host 0.0.0.0 --allow-remote
"""
_QUESTION = "차세대 염기서열 분석 기술은 어디에 쓰이나요?"
# A crowd that comes at once waits here until it is let in, rather than being cut off.
_BACKLOG = 2048
# Longer than proxies and clients keep an idle connection: who closes first must not be the server,
# which would cut off a request that is on its way.
_KEEP_ALIVE_SECONDS = 75
# What is asked before the stop is answered in this time, a language model's answer perhaps not.
_GRACE_SECONDS = 10
_MOST_WORKERS = 64
# A process that loads its models may not answer its supervisor for as long.
_LOADING_SECONDS = 60


def serve(
    host: Annotated[
        str | None,
        typer.Option(metavar="주소", help="요청을 받을 주소입니다(설정 GEUNGEO_HOST)."),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(metavar="번호", min=0, max=65535, help="포트입니다(설정 GEUNGEO_PORT)."),
    ] = None,
    allow_remote: Annotated[
        bool, typer.Option("--allow-remote", help="다른 컴퓨터의 접속을 허용합니다.")
    ] = False,
    workers: Annotated[
        int,
        typer.Option(
            metavar="N",
            min=1,
            max=_MOST_WORKERS,
            help="서버 프로세스의 수입니다. 하나마다 모델이 메모리 1GB쯤을 씁니다.",
        ),
    ] = 1,
) -> None:
    """HTTP 서버를 켭니다. Ctrl-C로 끕니다."""
    from api.commands.session import report_failures
    from api.service import Service
    from api.settings_loading import load_settings
    from api.worker_process import log_index_failure

    settings = load_settings()
    address = host or settings.host
    # Where there are keys, nobody without one reads anything.
    open_to_all = allow_remote or bool(settings.key_file().listed())
    if not open_to_all and not is_loopback(address):
        raise InputError(
            "remote_refused",
            f"{address}에서 요청을 받으면 네트워크의 누구나 로그인 없이 문서를 읽을 수 있습니다.",
            "`geungeo keys create`로 키를 만들거나, 그래도 열려면 --allow-remote를 붙이세요.",
        )
    with _listening(address, settings.port if port is None else port) as listener:
        with shown_progress() as progress:
            starter = Service(settings, progress=progress, on_index_failure=log_index_failure)
            report_failures(starter.changes.ingest_first(announce_first_index))
            starter.models.encoder()
            # Nothing is sent yet: a wrong setting is told now, a dead server when it is asked.
            starter.models.generator()
        if workers > 1:
            starter.close()
            _run_several(workers, listener, allow_remote=open_to_all)
        else:
            _run(starter, settings, listener, allow_remote=open_to_all)


def _run(
    service: Service, settings: Settings, listener: socket.socket, *, allow_remote: bool
) -> None:
    import uvicorn

    from api.app import create_app
    from api.logs import configure_logs

    configure_logs(settings.log_level)
    app = create_app(
        service, settings, allow_remote=allow_remote, on_ready=lambda: _greet(listener)
    )
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
    )
    note("모델과 색인을 읽고 있습니다…")
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])
    note("서버를 껐습니다.")


def _run_several(workers: int, listener: socket.socket, *, allow_remote: bool) -> None:
    from functools import partial

    import uvicorn
    from uvicorn.supervisors import Multiprocess

    from api.worker_process import worker_application

    config = uvicorn.Config(
        partial(worker_application, allow_remote=allow_remote),
        factory=True,
        workers=workers,
        timeout_worker_healthcheck=_LOADING_SECONDS,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
    )
    note(f"서버 프로세스 {workers}개가 모델과 색인을 읽고 있습니다…")
    note(f"다 읽으면 답합니다. {_url(listener)}/readyz로 확인하세요.")
    with contextlib.suppress(KeyboardInterrupt):
        Multiprocess(config, sockets=[listener]).run()
    note("서버를 껐습니다.")


def _greet(listener: socket.socket) -> None:
    url = _url(listener)
    body = f'{{"question": "{_QUESTION}"}}'
    say_bold(f"근거 서버가 준비되었습니다: {url}")
    say(f"  브라우저에서 열거나 물어보세요. 물어볼 만한 질문: {_QUESTION}")
    say(f"  curl -s {url}/v1/ask -H 'Content-Type: application/json' -d '{body}'")
    say(f"  사용법: {url}/docs")
    # Whoever reads this through a pipe is waiting for it.
    sys.stdout.flush()


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )[0]
        # Without the protocol asyncio leaves Nagle's algorithm on, and each answer waits 40 ms.
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _cannot_listen(host, port, error) from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise _cannot_listen(host, port, error) from error
    return listener


def _cannot_listen(host: str, port: int, error: OSError) -> OperatorError:
    if error.errno == errno.EADDRINUSE:
        return OperatorError(
            "port_in_use",
            f"다른 프로그램이 포트 {port}번을 쓰고 있습니다.",
            "--port로 다른 포트를 고르거나 그 프로그램을 끄세요.",
        )
    return OperatorError(
        "cannot_listen",
        f"{host}:{port}에서 요청을 받을 수 없습니다: {korean_os_reason(error)}",
        "--host와 --port를 확인하세요.",
    )
