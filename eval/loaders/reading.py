"""Files of question sets read into rows, each of which knows its place for error messages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.errors import InputError

_SEE_FORMAT = "파일이 온전한지, 맞는 형식으로 읽고 있는지 확인해 주세요."


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a file.

    Attributes:
        place: where it stands, for messages: ``questions.jsonl:3``.
        fields: its values by name, as they were read.
    """

    place: str
    fields: Mapping[str, Any]

    def string(self, name: str) -> str:
        """Return a field that holds text, not blank.

        Raises:
            InputError: when it is missing, not text or blank.
        """
        value = self.fields.get(name)
        if not isinstance(value, str) or not value.strip():
            raise broken(self.place, f"'{name}'에 글이 있어야 합니다")
        return value

    def string_or_empty(self, name: str) -> str:
        """Return a field that holds text; empty where it is missing or null.

        Raises:
            InputError: when it is something else.
        """
        value = self.fields.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise broken(self.place, f"'{name}'이(가) 글이 아닙니다")
        return value

    def strings(self, name: str) -> tuple[str, ...]:
        """Return a field that holds a list of texts, each once; empty where it is missing.

        Raises:
            InputError: when it is something else.
        """
        value = self.fields.get(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
            raise broken(self.place, f"'{name}'이(가) 글의 목록이 아닙니다")
        return tuple(dict.fromkeys(value))

    def flag(self, name: str, *, default: bool) -> bool:
        """Return a field that holds true or false.

        Raises:
            InputError: when it is something else.
        """
        value = self.fields.get(name, default)
        if not isinstance(value, bool):
            raise broken(self.place, f"'{name}'이(가) true나 false가 아닙니다")
        return value

    def rows(self, name: str) -> list[Row]:
        """Return a field that holds a list of objects, each with its place.

        Raises:
            InputError: when it is missing or something else.
        """
        value = self.fields.get(name)
        if not isinstance(value, list):
            raise broken(self.place, f"'{name}' 목록이 없습니다")
        return [as_row(part, f"{self.place} {name}[{i}]") for i, part in enumerate(value)]


def broken(place: str, problem: str) -> InputError:
    """Return the error of a record that cannot be used; ``place`` is its file and line."""
    return InputError("dataset_broken", f"{place}: {problem}.", _SEE_FORMAT)


def as_row(value: object, place: str) -> Row:
    """Return a decoded JSON value as a row.

    Raises:
        InputError: when it is not an object.
    """
    if not isinstance(value, Mapping):
        raise broken(place, "객체({…})가 아닙니다")
    return Row(place, value)


def read_text(path: Path) -> str:
    """Return a UTF-8 file, with or without a byte order mark.

    Raises:
        InputError: when it is missing, cannot be read or is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(
            "dataset_missing",
            f"질문 세트 파일을 읽을 수 없습니다: {path}",
            "경로와 읽기 권한을 확인해 주세요.",
        ) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise broken(f"{path.name}:{line}", "UTF-8이 아닙니다") from error


def read_json(path: Path) -> Row:
    """Return a JSON file that holds one object.

    Raises:
        InputError: naming the file, and the line where JSON breaks.
    """
    try:
        value = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise broken(f"{path.name}:{error.lineno}", "JSON이 아닙니다") from error
    return as_row(value, path.name)


def read_lines(path: Path) -> Iterator[Row]:
    """Yield the objects of a JSONL file, blank lines left out.

    Raises:
        InputError: naming the file and line that cannot be read.
    """
    for number, line in text_lines(path):
        place = f"{path.name}:{number}"
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise broken(place, "JSON이 아닙니다") from error
        yield as_row(value, place)


def text_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield number, from 1, and text of each line that is not blank.

    Only line feeds end a line: U+2028 and its like may stand inside a JSON string.

    Raises:
        InputError: when the file cannot be read.
    """
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if line.strip():
            yield number, line.rstrip("\r")


def single_groups(ids: Sequence[str]) -> tuple[frozenset[str], ...]:
    """Return ids as groups of which each is wanted."""
    return tuple(frozenset({name}) for name in ids)
