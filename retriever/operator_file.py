"""Lists that the operator keeps in the data folder."""

from __future__ import annotations

from pathlib import Path

from ingest.errors import OperatorError


def operator_lines(path: Path) -> list[str]:
    """Return the lines of a list in UTF-8; none where there is no such file.

    Raises:
        OperatorError: ``operator_file_unreadable``.
    """
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise OperatorError(
            "operator_file_unreadable",
            f"목록 파일을 읽을 수 없습니다: {path.name}",
            "UTF-8로 저장했는지, 읽기 권한이 있는지 확인하세요.",
        ) from error
