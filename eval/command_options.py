"""Options that several commands of ``geungeo eval`` share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

QuestionSet = Annotated[
    Path | None,
    typer.Option(
        "--set", metavar="경로", help="질문 세트의 파일이나 폴더입니다. 비우면 우리 질문입니다."
    ),
]
Documents = Annotated[
    list[Path] | None,
    typer.Option(
        "--documents",
        metavar="경로",
        help="gold 질문이 묻는 문서나 폴더입니다. 여러 번 쓸 수 있습니다.",
    ),
]
SetPart = Annotated[
    str | None,
    typer.Option("--split", metavar="이름", help="tune이나 test 같은 한 부분만 묻습니다."),
]
Limit = Annotated[
    int | None,
    typer.Option("--limit", metavar="N", min=1, help="고르게 뽑은 N개만 묻습니다."),
]
AsJson = Annotated[bool, typer.Option("--json", help="결과를 JSON으로 출력합니다.")]
