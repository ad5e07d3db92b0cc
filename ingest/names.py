"""File names as people read them."""

from __future__ import annotations

import os
from pathlib import Path


def readable_path(path: Path | str) -> str:
    """Decodes what the file system could not: Korean archives carry names in CP949.

    Args:
        path: as the system gave it; bytes beyond UTF-8 are lone surrogates.

    Returns:
        The path without lone surrogates, each part decoded by itself.
    """
    return str(Path(*(_readable(part) for part in Path(path).parts)))


def _readable(name: str) -> str:
    try:
        name.encode()
    except UnicodeEncodeError:
        return _decoded(name)
    return name


def _decoded(name: str) -> str:
    try:
        data = os.fsencode(name)
    except UnicodeEncodeError:  # a surrogate that stands for no byte
        return name.encode("utf-8", "replace").decode()
    try:
        return data.decode("cp949")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")
