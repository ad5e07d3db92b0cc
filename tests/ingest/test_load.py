from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from ingest import find_files, load, load_bytes
from ingest.errors import InputError
from ingest.names import readable_path

TEXT = (
    "지역 물류 보고서\n\n1. 현황\n\n- 물류비는 12.4조 원으로 늘었음\n- 창고 31곳은 “공동” 창고임\n"
)
DAMAGED = "글자 하나만 깨졌다. 나머지는 모두 온전하다.".encode().replace("졌".encode(), b"\xff")


def code_of(call: object, *arguments: object) -> str:
    assert callable(call)
    with pytest.raises(InputError) as caught:
        call(*arguments)
    assert caught.value.message
    assert caught.value.remedy
    return caught.value.code


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        b"\xff\xfe\x00\x00" + TEXT.encode("utf-32-le"),
        TEXT.encode("cp949"),
        TEXT.encode("johab"),
        TEXT.replace("\n", "\r\n").encode("cp949"),
    ],
    ids=["utf8", "utf8-bom", "utf16", "utf16le", "utf16be", "utf32", "cp949", "johab", "crlf"],
)
def test_encodings(data: bytes) -> None:
    document = load_bytes(data, "보고서.txt")
    assert document.text == TEXT
    assert document.title == "지역 물류 보고서"


def test_rare_syllables_of_cp949_are_read() -> None:
    text = "똠방각하와 펲시콜라를 적은 보고서이다. 나머지는 흔한 글자로 쓴 문장이다."
    assert load_bytes(text.encode("cp949"), "a.txt").text == text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (" \n\t\u3000\ufeff\n".encode(), "file_empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "file_binary"),
        (b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml", "file_binary"),
        (b"%PDF-1.7\n%text", "file_binary"),
        (bytes(range(256)) * 8, "file_binary"),
        (b"abc\x01\x02\x03\x04def" * 5, "file_binary"),
        ("기가 막힌 보고서이다. 이 문장은 중간에서 끊어진다".encode()[:-1], "encoding_unknown"),
        (DAMAGED, "encoding_unknown"),
        ("日本の水産業の報告である。漁獲量は減っている。".encode("shift_jis"), "encoding_unknown"),
        ("这是一份关于物流的报告。仓库的数量正在增加。".encode("gbk"), "encoding_unknown"),
        ("Café crème à la française, déjà vu".encode("latin-1"), "encoding_unknown"),
        ("한국어".encode("utf-16-le")[:-1] + b"\x00\x00\x00", "file_binary"),
    ],
)  # fmt: skip
def test_what_is_no_readable_text_is_refused(data: bytes, code: str) -> None:
    assert code_of(load_bytes, data, "a.txt") == code


@pytest.mark.parametrize("name", ["a.pdf", "a.hwp", "a", "", "a.txt.zip"])
def test_other_types_are_refused(name: str) -> None:
    assert code_of(load_bytes, TEXT.encode(), name) == "unsupported_type"


def test_source_is_a_name_not_a_path() -> None:
    assert load_bytes(TEXT.encode(), "C:\\서류\\..\\보고서.TXT").source == "보고서.TXT"
    assert load_bytes(TEXT.encode(), "../../etc/보고서.md").source == "보고서.md"


def test_too_large(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys.modules["ingest.load"], "MAX_FILE_BYTES", 10)
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert code_of(load, path) == "file_too_large"
    assert code_of(load_bytes, TEXT.encode(), "a.txt") == "file_too_large"


def test_missing_folder_and_forbidden(tmp_path: Path) -> None:
    assert code_of(load, tmp_path / "none.txt") == "file_missing"
    folder = tmp_path / "folder.txt"
    folder.mkdir()
    assert code_of(load, folder) == "file_unreadable"
    assert code_of(load, tmp_path) == "file_unreadable"


def test_permission(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")

    def forbid(*_: object) -> None:
        raise PermissionError(13, "no", str(path))

    monkeypatch.setattr(Path, "open", forbid)
    assert code_of(load, path) == "file_unreadable"


@pytest.mark.skipif(sys.platform != "linux", reason="다른 체계는 그런 이름을 받지 않음")
@pytest.mark.parametrize(
    ("raw", "name"),
    [("보고서.md".encode("cp949"), "보고서.md"), (b"\xff\xff.md", "\ufffd\ufffd.md")],
    ids=["cp949", "neither"],
)
def test_names_that_are_not_utf_8_are_read(tmp_path: Path, raw: bytes, name: str) -> None:
    folder = tmp_path / "폴더"
    folder.mkdir()
    Path(os.fsdecode(bytes(folder) + b"/" + raw)).write_text("- 목록만 있음\n", encoding="utf-8")
    (path,) = find_files([folder])
    document = load(path)
    assert (document.source, document.title) == (name, name.removesuffix(".md"))
    assert readable_path(path) == str(folder / name)


def test_lone_surrogates_that_stand_for_no_byte_are_replaced() -> None:
    assert readable_path("가\ud800.md") == "가?.md"


def test_pipes_and_devices_are_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "zero.txt").symlink_to("/dev/zero")
    for name in ("pipe.txt", "zero.txt"):
        (path,) = find_files([tmp_path / name])
        assert code_of(load, path) == "file_unreadable"


def test_a_file_that_grows_while_it_is_read_is_too_large(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    module = sys.modules["ingest.load"]
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(module, "MAX_FILE_BYTES", path.stat().st_size)
    regular = Path.stat

    def before(self: Path, **options: bool) -> os.stat_result:
        status = regular(self, **options)
        with path.open("a", encoding="utf-8") as file:
            file.write("더")
        return status

    monkeypatch.setattr(Path, "stat", before)
    assert code_of(load, path) == "file_too_large"


def test_a_short_coloured_text_is_no_binary_file() -> None:
    assert load_bytes("\x1b[31m붉은\x1b[0m 글이다.".encode(), "a.txt").text == "붉은 글이다."


def test_load_reads_a_file(tmp_path: Path) -> None:
    path = tmp_path / "보고서.md"
    path.write_bytes(TEXT.encode("cp949"))
    document = load(path)
    assert (document.source, document.title) == ("보고서.md", "지역 물류 보고서")
    assert document.id == load_bytes(TEXT.encode(), "다른 이름.txt").id


def test_title_falls_back_to_the_file_name() -> None:
    assert (
        load_bytes("- 목록만 있는 글임\n- 제목은 없음\n".encode(), "회의록.txt").title == "회의록"
    )


def write(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT, encoding="utf-8")


def test_find_files(tmp_path: Path) -> None:
    write(tmp_path, "b.txt", "a.md", "sub/c.TXT", "README.md", ".hidden.txt", ".git/x.txt", "d.pdf")
    (tmp_path / "empty.txt").mkdir()
    names = [path.relative_to(tmp_path).as_posix() for path in find_files([tmp_path])]
    assert names == ["a.md", "b.txt", "sub/c.TXT"]


def test_find_files_takes_each_once_and_named_ones_as_they_are(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", "README.md", "d.pdf")
    wanted = [tmp_path / "README.md", tmp_path / "d.pdf", tmp_path, tmp_path / "a.txt"]
    assert [path.name for path in find_files(wanted)] == ["README.md", "d.pdf", "a.txt"]


def test_find_files_follows_links_but_no_loops(tmp_path: Path) -> None:
    write(tmp_path, "reports/a.txt", "elsewhere/b.txt")
    (tmp_path / "reports" / "loop").symlink_to(tmp_path / "reports")
    (tmp_path / "reports" / "more").symlink_to(tmp_path / "elsewhere")
    assert [path.name for path in find_files([tmp_path / "reports"])] == ["a.txt", "b.txt"]


def test_find_files_names_what_is_wrong(tmp_path: Path) -> None:
    assert code_of(find_files, [tmp_path]) == "nothing_to_ingest"
    assert code_of(find_files, []) == "nothing_to_ingest"
    assert code_of(find_files, [tmp_path / "none"]) == "file_missing"
    assert code_of(find_files, [tmp_path / ("가" * 300)]) == "file_unreadable"
