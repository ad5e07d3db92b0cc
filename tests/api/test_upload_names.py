"""What a client calls its files, made fit to be shown."""

import unicodedata

import pytest

from api.upload_form import display_name


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("보고서.md".encode(), "보고서.md"),
        (unicodedata.normalize("NFD", "보고서.md").encode(), "보고서.md"),
        ("보고서.md".encode("cp949"), "보고서.md"),
        (b"C:\\\\Users\\\\kim\\\\a.md", "a.md"),
        (b"/etc/../a.md", "a.md"),
        (b"a\x1b[31m\x07\nb\x00.md", "a b.md"),
        ("\u202egnp.md".encode(), "gnp.md"),
        (b"..", "이름 없는 파일"),
        (b"", "이름 없는 파일"),
        (b"/", "이름 없는 파일"),
    ],
)
def test_names_are_made_fit_to_be_shown(raw: bytes, name: str) -> None:
    assert display_name(raw) == name


def test_a_very_long_name_keeps_its_type() -> None:
    name = display_name(("긴" * 500 + ".md").encode())
    assert len(name) == 150
    assert name.endswith("….md")
