"""``geungeo mcp``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

EXAMPLES = """
geungeo mcp
"""


def mcp() -> None:
    """표준 입출력으로 MCP 서버를 켭니다.

    Claude Desktop 같은 MCP 클라이언트의 설정에 이 명령을 적으면 ask, search, read_passage 도구를
    쓸 수 있습니다. 직접 실행할 일은 없습니다. 알림은 표준 오류로 나갑니다.
    """
    import sys

    from api.commands.session import working_on_index
    from api.logs import configure_logs
    from api.mcp.tools import mcp_server

    with working_on_index() as service:
        configure_logs(service.settings.log_level, sys.stderr)
        service.open()
        mcp_server(service, _in_thread).run("stdio")


async def _in_thread(function: Callable[[], Any]) -> Any:
    from anyio import to_thread

    return await to_thread.run_sync(function)
