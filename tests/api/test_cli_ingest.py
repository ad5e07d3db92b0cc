"""``geungeo ingest`` and the first index."""

import json
import os
import re
import sys
from pathlib import Path

import pytest

from tests.api.conftest import RunCli

QUESTION = "산불 피해 지역에 설치한 사방댐은 몇 개인가요?"


def test_ingesting_again_changes_nothing(cli: RunCli, data_dir: Path, reports: Path) -> None:
    before = (data_dir / "index" / "CURRENT").read_text("ascii")
    done = cli("ingest", str(reports))
    assert done.status == 0
    assert "바뀐 것이 없습니다(문서 3개" in done.out
    assert (data_dir / "index" / "CURRENT").read_text("ascii") == before


def test_a_bad_file_is_reported_and_the_others_go_on(
    cli: RunCli, data_dir: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "섞임"
    folder.mkdir()
    (folder / "좋음.md").write_text("# 등대 보고서\n\n- 등대 12기를 새로 세움\n", encoding="utf-8")
    (folder / "빈것.md").write_text("", encoding="utf-8")
    done = cli("ingest", str(folder))
    assert done.status == 1
    assert "새 문서: 등대 보고서" in done.out
    assert "건너뜀:" in done.err
    assert "빈것.md" in done.err
    report = json.loads(cli("ingest", str(folder), "--json").out)
    assert report["failures"][0]["code"] == "file_empty"
    assert report["unchanged"] == ["등대 보고서"]


def test_nothing_that_can_be_read_is_a_failure(cli: RunCli, data_dir: Path, tmp_path: Path) -> None:
    missing = cli("ingest", str(tmp_path / "없음"))
    assert (missing.status, missing.out) == (1, "")
    picture = tmp_path / "그림.png"
    picture.write_bytes(b"\x89PNG")
    done = cli("ingest", str(picture))
    assert done.status == 1
    assert "지원하지 않는 파일 형식" in done.err


def test_the_only_file_of_a_folder_is_named_when_it_is_bad(
    cli: RunCli, data_dir: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "폴더"
    folder.mkdir()
    (folder / "사진.md").write_bytes(b"\x89PNG\r\n")
    (folder / "README.md").write_text("설명", encoding="utf-8")
    done = cli("ingest", str(folder))
    assert done.status == 1
    assert "사진.md: 글이 아니라" in done.err
    (folder / "녹음.md").write_bytes(b"\x89PNG\r\n")
    done = cli("ingest", str(folder))
    assert "녹음.md: 글이" in done.err
    assert "사진.md: 글이" in done.err


@pytest.mark.skipif(sys.platform != "linux", reason="다른 체계는 그런 이름을 받지 않음")
def test_a_name_in_cp949_is_shown_as_it_was_written(
    cli: RunCli, data_dir: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "압축"
    folder.mkdir()
    for name, text in (("등대.md", "- 등대 12기를 세움\n"), ("빈것.md", "")):
        path = Path(os.fsdecode(bytes(folder) + b"/" + name.encode("cp949")))
        path.write_text(text, encoding="utf-8")
    done = cli("ingest", str(folder))
    assert done.status == 1
    assert "새 문서: 등대" in done.out
    assert f"건너뜀: {folder / '빈것.md'}: " in done.err
    report = json.loads(cli("ingest", str(folder), "--json").out)
    assert report["failures"][0]["path"] == str(folder / "빈것.md")


def test_names_cannot_forge_lines(cli: RunCli, data_dir: Path, tmp_path: Path) -> None:
    forged = "a\n건너뜀: 가짜.md: 거짓\t\r\u2028말.md"
    (tmp_path / forged).write_text("- 등대 12기를 세움\n", encoding="utf-8")
    empty = tmp_path / "빈\n새 문서: 가짜.md"
    empty.write_text("", encoding="utf-8")
    done = cli("ingest", str(tmp_path / forged), str(empty))
    listed = cli("docs", "list")
    alone = cli("ingest", str(empty))
    for text in (done.out, done.err, listed.out, alone.err):
        assert not re.search("\n(건너뜀: |새 문서: )가짜|[\t\r\u2028]", text)
    assert "가짜.md" in done.out
    assert "가짜.md" in done.err


def test_rebuild_makes_a_new_generation(cli: RunCli, data_dir: Path, reports: Path) -> None:
    before = (data_dir / "index" / "CURRENT").read_text("ascii")
    report = json.loads(cli("ingest", str(reports), "--rebuild", "--json").out)
    assert report["published"]
    assert report["generation"] != before
    assert report["embedded"] == 0


def test_a_rebuild_says_what_it_fell_back_on(cli: RunCli, data_dir: Path, tmp_path: Path) -> None:
    newer = tmp_path / "등대.md"
    newer.write_text("# 등대 보고서\n\n- 등대 12기를 새로 세움\n", encoding="utf-8")
    assert cli("ingest", str(newer)).status == 0
    current = (data_dir / "index" / "CURRENT").read_text("ascii")
    (data_dir / "index" / current / "passages.sqlite").write_bytes(b"damaged")
    broken = cli("ask", "등대는 몇 기인가요?")
    assert broken.status == 1
    assert "--rebuild" in broken.err
    done = cli("ingest", str(newer), "--rebuild")
    assert done.status == 0
    assert "되살렸습니다" in done.out
    assert "12기" in cli("ask", "등대는 몇 기를 세웠나요?").out


@pytest.mark.parametrize("arguments", [("ask", QUESTION), ("docs", "list"), ("search", "사방댐")])
def test_the_first_index_is_built_from_the_corpus(
    cli: RunCli, empty_data_dir: Path, arguments: tuple[str, ...]
) -> None:
    done = cli(*arguments)
    assert done.status == 0
    assert "처음 색인을 만듭니다" in done.err
    assert "임베딩" in done.err
    assert "산림 복원 보고서" in done.out
    assert "처음 색인을" not in cli(*arguments).err


def test_without_a_corpus_the_way_out_is_named(
    cli: RunCli, empty_data_dir: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GEUNGEO_CORPUS_DIR", str(tmp_path / "없음"))
    done = cli("ask", QUESTION)
    assert done.status == 1
    assert "geungeo ingest" in done.err


def test_a_full_disk_leaves_the_index(
    cli: RunCli, data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    before = (data_dir / "index" / "CURRENT").read_text("ascii")
    report = tmp_path / "새것.md"
    report.write_text("# 새 보고서\n\n- 풍차 5기를 세움\n", encoding="utf-8")
    monkeypatch.setattr("retriever.indexing.write_store", full)
    done = cli("ingest", str(report))
    assert done.status == 1
    assert "빈 공간이 없어" in done.err
    assert (data_dir / "index" / "CURRENT").read_text("ascii") == before
    assert not list((data_dir / "index").glob(".building-*"))
    assert cli("ask", QUESTION).status == 0
