import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.errors import OperatorError
from retriever.generation import FORMAT_VERSION, GenerationFolder, IndexFolder
from retriever.live_index import LiveIndex
from tests.retriever.desk import BEE, TEA, Desk, document


def current(desk: Desk) -> GenerationFolder:
    folder = IndexFolder(desk.root / "index").current()
    assert folder is not None
    return folder


def overwrite_middle(path: Path) -> None:
    data = bytearray(path.read_bytes())
    third = len(data) // 3
    data[third : 2 * third] = b"\xff" * third
    path.write_bytes(bytes(data))


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


DAMAGES: list[Callable[[Path], None]] = [Path.unlink, truncate, overwrite_middle]
FILES = [
    "passages.sqlite",
    "dense.faiss",
    "manifest.json",
    "aliases.json",
    "arrays/first_rows.npy",
    "arrays/token_codes.npy",
]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", DAMAGES, ids=["missing", "truncated", "overwritten"])
def test_damage_is_said_and_a_rebuild_mends_it(
    desk: Desk, name: str, damage: Callable[[Path], None]
) -> None:
    desk.update(document(TEA + "- 국립기상과학원(NIMS)의 예보를 씀\n"))
    damage(current(desk).root / name)
    with pytest.raises(OperatorError) as failure:
        LiveIndex(desk.root, desk.encoder, desk.analyzer).current()
    assert failure.value.code == "index_unreadable"
    assert "--rebuild" in failure.value.remedy
    desk.update(document(TEA), document(BEE, "양봉.txt"), rebuild=True)
    assert "1,050ha" in desk.best("보성 녹차 재배 면적")


def test_a_rebuild_takes_the_documents_of_the_generation_before(desk: Desk) -> None:
    before = desk.update(document(TEA))
    desk.update(document(BEE, "양봉.txt"))
    overwrite_middle(current(desk).passages)
    update = desk.update(rebuild=True)
    assert update.recovered_from == before.generation
    assert "1,050ha" in desk.best("보성 녹차 재배 면적")


@pytest.mark.parametrize("manifest", ["{}", "[]", '{"format": 1}', '{"files": []}'])
def test_a_manifest_of_another_shape_is_damage(desk: Desk, manifest: str) -> None:
    desk.update(document(TEA))
    current(desk).manifest.write_text(manifest)
    with pytest.raises(OperatorError, match=r"manifest\.json"):
        LiveIndex(desk.root, desk.encoder, desk.analyzer).current()


def test_an_index_of_another_format_is_refused_and_a_rebuild_mends_it(desk: Desk) -> None:
    desk.update(document(TEA))
    manifest = json.loads(current(desk).manifest.read_text(encoding="utf-8"))
    manifest["format"] = FORMAT_VERSION - 1
    current(desk).manifest.write_text(json.dumps(manifest), encoding="utf-8")
    for use in (
        lambda: LiveIndex(desk.root, desk.encoder, desk.analyzer).current(),
        lambda: desk.update(document(BEE, "양봉.txt")),
    ):
        with pytest.raises(OperatorError) as failure:
            use()
        assert failure.value.code == "index_outdated"
        assert "--rebuild" in failure.value.remedy
    desk.update(document(BEE, "양봉.txt"), rebuild=True)
    assert "1,050ha" in desk.best("보성 녹차 재배 면적")


@pytest.mark.parametrize("rows", ["7", '[{"short": "AI"}]', '["AI"]', "[[]]", "[", ""])
def test_learned_aliases_of_another_shape_are_damage(desk: Desk, rows: str) -> None:
    """Also where the checksum agrees: they were written so."""
    desk.update(document(TEA))
    folder = current(desk)
    folder.aliases.write_text(rows, encoding="utf-8")
    manifest = json.loads(folder.manifest.read_text(encoding="utf-8"))
    folder.manifest.unlink()
    made_by = {k: manifest[k] for k in ("created", "encoder", "analysis", "chunking", "counts")}
    folder.seal(**made_by)
    live = LiveIndex(desk.root, desk.encoder, desk.analyzer)
    with pytest.raises(OperatorError) as failure:
        live.current().search("녹차")
    assert failure.value.code == "index_unreadable"


@pytest.mark.parametrize("pointer", ["", "..", ".", "../../etc", "zzz", "\xff", "20200101T0"])
def test_a_damaged_pointer_is_said_and_the_open_generation_goes_on(
    desk: Desk, pointer: str
) -> None:
    desk.update(document(TEA))
    failures: list[OperatorError] = []
    live = LiveIndex(desk.root, desk.encoder, desk.analyzer, failures.append)
    serving = live.current()
    (desk.root / "index" / "CURRENT").write_text(pointer, encoding="latin-1")
    assert live.current() is live.current() is serving
    assert [failure.code for failure in failures] == ["index_unreadable"]
    with pytest.raises(OperatorError) as failure:
        LiveIndex(desk.root, desk.encoder, desk.analyzer).current()
    assert failure.value.code == "index_unreadable"
    desk.update(rebuild=True)
    assert live.current() is not serving
    assert "1,050ha" in desk.best("보성 녹차 재배 면적")


def test_damage_to_a_new_generation_leaves_the_open_one_serving(desk: Desk) -> None:
    desk.update(document(TEA))
    serving = desk.live.current()
    desk.update(document(BEE, "양봉.txt"))
    truncate(current(desk).dense)
    assert desk.live.current() is serving
    assert serving.search("보성 녹차").hits


@pytest.mark.parametrize("damage", [truncate, overwrite_middle])
def test_a_damaged_cache_is_begun_anew(desk: Desk, damage: Callable[[Path], None]) -> None:
    many = "".join(f"- 보성 {n}번 차밭의 면적은 {n}ha임\n" for n in range(200))
    desk.update(document(TEA + many))
    cache = desk.root / "cache.sqlite"
    with sqlite3.connect(cache) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    damage(cache)
    assert desk.update(document(BEE, "양봉.txt")).published
    assert "벌꿀" in desk.best("벌꿀 생산량")


def test_a_file_that_is_no_cache_is_set_aside(desk: Desk) -> None:
    desk.root.mkdir(exist_ok=True)
    (desk.root / "cache.sqlite").write_bytes(b"not a database at all" * 99)
    assert desk.update(document(TEA)).embedded > 0
    assert (desk.root / "cache.damaged").exists()
