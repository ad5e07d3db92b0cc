"""The part of a document that a measurement writes: what stands between two lines of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingest.errors import InputError, NotFoundError
from ingest.names import readable_path


@dataclass(frozen=True, slots=True)
class MarkedPart:
    """A part of a document between two marks.

    Attributes:
        begin, end: the marks.
    """

    begin: str
    end: str

    @classmethod
    def named(cls, name: str) -> MarkedPart:
        """Return the part of that name."""
        return cls(f"<!-- {name} 표 시작 -->", f"<!-- {name} 표 끝 -->")

    def put(self, text: str, table: str) -> str:
        """Return a document whose part is ``table``.

        Raises:
            InputError: ``marks_missing`` where the marks do not stand once each and in order.
        """
        before, begin, rest = text.partition(self.begin)
        _, end, after = rest.partition(self.end)
        if not begin or not end or self.begin in rest or self.end in before + after:
            raise InputError(
                "marks_missing",
                "문서에 표를 넣을 자리가 없습니다.",
                f"'{self.begin}'과 '{self.end}'을 한 줄씩 차례로 두세요.",
            )
        return f"{before}{begin}\n\n{table}\n\n{end}{after}"

    def check(self, file: Path) -> None:
        """Refuse a file without the part before anything is measured.

        Raises:
            NotFoundError: ``file_not_found``.
            InputError: ``marks_missing``.
        """
        self.put(_text_of(file), "")

    def write(self, file: Path, table: str) -> None:
        """Change the part in a file.

        Raises:
            NotFoundError: ``file_not_found``.
            InputError: ``marks_missing``.
        """
        file.write_text(self.put(_text_of(file), table), encoding="utf-8")


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (FileNotFoundError, IsADirectoryError) as error:
        raise NotFoundError(
            "file_not_found",
            f"표를 쓸 문서가 없습니다: {readable_path(file)}",
            "경로를 확인하세요.",
        ) from error
