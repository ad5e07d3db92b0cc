"""Backups, made and put back."""

import io
import json
import shutil
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest

from api.api_keys import KeyFile
from retriever.generation import IndexFolder
from tests.api.conftest import RunCli

QUESTION = "사방댐은 몇 개를 설치했나요?"


@pytest.fixture
def saved(cli: RunCli, data_dir: Path, tmp_path: Path) -> Path:
    KeyFile(data_dir / "keys.json").create("홈페이지", "ask", 0.0, None)
    (data_dir / "aliases.tsv").write_text("사방댐\t모래막이댐\n", encoding="utf-8")
    with closing(sqlite3.connect(data_dir / "feedback.sqlite")) as connection, connection:
        connection.execute("CREATE TABLE kept (word TEXT)")
        connection.execute("INSERT INTO kept VALUES ('의견')")
    target = tmp_path / "백업.tar.gz"
    made = cli("backup", "create", str(target), "--json")
    assert made.status == 0, made.err
    assert json.loads(made.out)["documents"] == 3
    return target


def test_a_backup_brings_everything_back(cli: RunCli, data_dir: Path, saved: Path) -> None:
    models = (data_dir / "models").readlink()
    shutil.rmtree(data_dir)
    data_dir.mkdir()
    (data_dir / "models").symlink_to(models)
    assert cli("backup", "restore", str(saved)).status == 0
    assert "88개" in cli("ask", "모래막이댐은 몇 개를 설치했나요?").out
    assert [key.name for key in KeyFile(data_dir / "keys.json").listed()] == ["홈페이지"]
    with closing(sqlite3.connect(data_dir / "feedback.sqlite")) as connection:
        assert connection.execute("SELECT word FROM kept").fetchall() == [("의견",)]
    assert list(data_dir.glob(".restoring-*")) == []


def test_what_is_there_is_not_replaced_unasked(cli: RunCli, data_dir: Path, saved: Path) -> None:
    folder = IndexFolder(data_dir / "index")
    before = folder.current_name()
    refused = cli("backup", "restore", str(saved))
    assert refused.status == 1
    assert "--force" in refused.err
    assert folder.current_name() == before
    assert cli("backup", "create", str(saved)).status == 1
    assert cli("backup", "restore", str(saved), "--force").status == 0
    assert folder.current_name() != before
    assert "88개" in cli("ask", QUESTION).out


@pytest.mark.parametrize("cut", [0, 100, 5000])
def test_a_damaged_backup_changes_nothing(
    cli: RunCli, data_dir: Path, saved: Path, tmp_path: Path, cut: int
) -> None:
    broken = tmp_path / "깨짐.tar.gz"
    broken.write_bytes(saved.read_bytes()[:cut])
    before = IndexFolder(data_dir / "index").current_name()
    done = cli("backup", "restore", str(broken), "--force")
    assert done.status == 1
    assert "백업으로 읽을 수 없는" in done.err
    assert IndexFolder(data_dir / "index").current_name() == before
    assert list(data_dir.glob(".restoring-*")) == []


def test_an_index_that_was_changed_is_refused(
    cli: RunCli, data_dir: Path, saved: Path, tmp_path: Path
) -> None:
    forged = tmp_path / "바뀜.tar.gz"
    with tarfile.open(saved) as old, tarfile.open(forged, "w:gz") as new:
        for member in old.getmembers():
            content = old.extractfile(member)
            if member.name == "index/aliases.json":
                member.size = 2
                content = io.BytesIO(b"{}")
            new.addfile(member, content)
    before = IndexFolder(data_dir / "index").current_name()
    assert cli("backup", "restore", str(forged), "--force").status == 1
    assert IndexFolder(data_dir / "index").current_name() == before


def test_a_path_that_leads_outside_is_refused(cli: RunCli, data_dir: Path, tmp_path: Path) -> None:
    evil = tmp_path / "나쁨.tar.gz"
    with tarfile.open(evil, "w:gz") as archive:
        entry = tarfile.TarInfo("../../밖.txt")
        entry.size = 1
        archive.addfile(entry, io.BytesIO(b"x"))
    assert cli("backup", "restore", str(evil), "--force").status == 1
    assert not (data_dir.parent / "밖.txt").exists()
