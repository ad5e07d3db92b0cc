"""Options that several commands share."""

from __future__ import annotations

from typing import Annotated

import typer

from api.limits import MOST_HITS

AsJson = Annotated[bool, typer.Option("--json", help="결과를 JSON으로 출력합니다.")]
TopK = Annotated[
    int,
    typer.Option(
        "--top-k", metavar="N", min=1, max=MOST_HITS, help="찾아볼 단락의 최대 개수입니다."
    ),
]
InDocuments = Annotated[
    list[str] | None,
    typer.Option(
        "--document",
        metavar="ID",
        help="이 문서에서만 찾습니다. 여러 번 쓸 수 있고, id의 앞부분만 적어도 됩니다.",
    ),
]
