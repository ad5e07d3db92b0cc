import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.errors import InputError, NotFoundError, OperatorError, RetryLaterError
from ingest.load import load_bytes
from ingest.records import Document
from retriever.analysis import KoreanAnalyzer
from retriever.encoder_base import Encoder, EncoderFingerprint
from retriever.generation import KEPT_GENERATIONS, IndexFolder
from retriever.indexing import IndexUpdate, update_index
from retriever.live_index import LiveIndex

TEA = "녹차 재배 보고서\n\n1. 재배 현황\n\n- 보성의 녹차 재배 면적은 1,050ha임\n- 하동은 2위임\n"
BEE = "양봉 산업 보고서\n\n1. 벌꿀 생산\n\n- 벌꿀 생산량은 2023년에 2만 7천 톤으로 늘어남\n"


def document(text: str, source: str = "보고서.txt", locator: str = "") -> Document:
    return replace(load_bytes(text.encode(), source), locator=locator)


class OtherModel:
    """The same vectors under another fingerprint."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self.fingerprint = replace(encoder.fingerprint, model="다른-모델", weights="0" * 16)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self._encoder.encode_queries(texts)

    def encode_passages(self, texts: Sequence[str], **options: Any) -> NDArray[np.float32]:
        return self._encoder.encode_passages(texts, **options)


class Desk:
    """One data folder with the real encoder and analyser."""

    def __init__(self, root: Path, encoder: Encoder, analyzer: KoreanAnalyzer) -> None:
        self.root = root
        self.encoder: Encoder = encoder
        self.analyzer = analyzer
        self.live = LiveIndex(root, encoder, analyzer)

    def update(self, *add: Document, **options: Any) -> IndexUpdate:
        encoder = options.pop("encoder", self.encoder)
        return update_index(
            self.root, add=add, encoder=lambda: encoder, analyzer=self.analyzer, **options
        )

    def best(self, query: str) -> str:
        return self.live.current().search(query).hits[0].passage.text


@pytest.fixture(scope="module")
def analyzer() -> KoreanAnalyzer:
    return KoreanAnalyzer()


@pytest.fixture
def desk(tmp_path: Path, encoder: Encoder, analyzer: KoreanAnalyzer) -> Desk:
    return Desk(tmp_path, encoder, analyzer)


def test_a_first_document_is_found(desk: Desk) -> None:
    update = desk.update(document(TEA))
    assert (update.published, update.documents, update.added) == (True, 1, ("녹차 재배 보고서",))
    assert "1,050ha" in desk.best("보성 녹차 밭은 얼마나 넓어?")


def test_the_same_words_again_change_nothing(desk: Desk) -> None:
    first = desk.update(document(TEA))
    again = desk.update(document(TEA, "이름만 다른 파일.txt"))
    assert (again.published, again.generation) == (False, first.generation)
    assert again.unchanged == ("녹차 재배 보고서",)


def test_only_new_text_is_embedded(desk: Desk) -> None:
    desk.update(document(TEA))
    update = desk.update(document(BEE, "양봉.txt"))
    alone = len(desk.live.current().store.passages_of(document(BEE).id)[0].sentences) + 1
    assert update.embedded == alone
    assert update.reused > 0


def test_new_words_at_the_same_place_replace_the_old(desk: Desk) -> None:
    desk.update(document(TEA, locator="here"), document(BEE, "양봉.txt", "there"))
    update = desk.update(document(TEA.replace("1,050", "990"), locator="here"))
    assert update.updated == ("녹차 재배 보고서",)
    assert update.documents == 2
    assert "990ha" in desk.best("보성 녹차 재배 면적")


def test_a_removed_document_is_not_found(desk: Desk) -> None:
    desk.update(document(TEA), document(BEE, "양봉.txt"))
    update = desk.update(remove=[document(TEA).id])
    assert update.removed == ("녹차 재배 보고서",)
    assert "벌꿀" in desk.best("보성 녹차 재배 면적")


def test_an_unknown_id_cannot_be_removed(desk: Desk) -> None:
    desk.update(document(TEA))
    with pytest.raises(NotFoundError, match="색인에 없는 문서"):
        desk.update(remove=["doc_0000"])


def test_the_last_document_cannot_be_removed(desk: Desk) -> None:
    desk.update(document(TEA))
    with pytest.raises(InputError) as failure:
        desk.update(remove=[document(TEA).id])
    assert failure.value.code == "nothing_to_search"
    assert "1,050ha" in desk.best("보성 녹차")


def test_an_original_is_searched_in_place_of_its_restatement(desk: Desk) -> None:
    front = "---\ntitle: 녹차 요약\noriginal_title: 녹차 재배 보고서\n---\n"
    restated = document(front + TEA.replace("녹차 재배 보고서", "").replace("임", "이다"), "r.md")
    desk.update(restated)
    assert desk.best("보성 녹차 재배 면적")
    update = desk.update(document(TEA))
    assert update.replaced == ("녹차 요약",)
    hits = desk.live.current().search("보성 녹차 재배 면적").hits
    assert {hit.document.title for hit in hits} == {"녹차 재배 보고서"}
    desk.update(remove=[document(TEA).id])
    hits = desk.live.current().search("보성 녹차 재배 면적").hits
    assert {hit.document.title for hit in hits} == {"녹차 요약"}


def test_another_model_is_refused_until_a_rebuild(desk: Desk) -> None:
    desk.update(document(TEA))
    other = OtherModel(desk.encoder)
    with pytest.raises(OperatorError) as failure:
        desk.update(document(BEE, "양봉.txt"), encoder=other)
    assert failure.value.code == "model_mismatch"
    assert "--rebuild" in failure.value.remedy
    with pytest.raises(OperatorError):
        LiveIndex(desk.root, other, desk.analyzer).current()
    rebuilt = desk.update(encoder=other, rebuild=True)
    assert rebuilt.published
    assert LiveIndex(desk.root, other, desk.analyzer).current().search("녹차").hits


def test_other_rules_of_analysis_are_refused_and_mended_by_ingestion(desk: Desk) -> None:
    desk.update(document(TEA))
    other = KoreanAnalyzer(user_words=["보성녹차"])
    with pytest.raises(OperatorError) as failure:
        LiveIndex(desk.root, desk.encoder, other).current()
    assert failure.value.code == "index_outdated"
    desk.analyzer = other
    assert desk.update(document(TEA)).published


def test_no_index_is_said_plainly(desk: Desk) -> None:
    with pytest.raises(OperatorError) as failure:
        desk.live.current()
    assert failure.value.code == "no_index"


def test_damage_is_noticed_and_the_open_generation_goes_on(desk: Desk) -> None:
    desk.update(document(TEA))
    serving = desk.live.current()
    desk.update(document(BEE, "양봉.txt"))
    current = IndexFolder(desk.root / "index").current()
    assert current is not None
    current.dense.write_bytes(current.dense.read_bytes()[:-7])
    assert desk.live.current() is serving
    assert serving.search("보성 녹차").hits
    with pytest.raises(OperatorError) as failure:
        LiveIndex(desk.root, desk.encoder, desk.analyzer).current()
    assert failure.value.code == "index_unreadable"


def test_a_pointer_cannot_lead_out_of_the_index(desk: Desk) -> None:
    desk.update(document(TEA))
    (desk.root / "index" / "CURRENT").write_text("../../etc")
    with pytest.raises(OperatorError):
        LiveIndex(desk.root, desk.encoder, desk.analyzer).current()


def test_a_new_generation_is_taken_up_and_old_ones_are_swept(desk: Desk) -> None:
    for n in range(KEPT_GENERATIONS + 2):
        desk.update(document(TEA + f"- {n}번째 항목을 더함\n", f"{n}.txt"))
        assert f"{n}번째" in desk.best(f"{n}번째 항목")
    kept = [p for p in (desk.root / "index").iterdir() if p.is_dir()]
    assert len(kept) == KEPT_GENERATIONS


def test_a_second_writer_waits_and_then_says_so(desk: Desk) -> None:
    with IndexFolder(desk.root / "index").writing(0), pytest.raises(RetryLaterError) as failure:
        desk.update(document(TEA), wait_seconds=0.05)
    assert failure.value.code == "index_busy"


def test_a_damaged_cache_is_begun_anew(desk: Desk) -> None:
    desk.update(document(TEA))
    for leftover in desk.root.glob("cache.sqlite*"):
        leftover.unlink()
    (desk.root / "cache.sqlite").write_bytes(b"not a database at all" * 99)
    assert desk.update(document(BEE, "양봉.txt")).embedded > 0


def test_a_failure_leaves_nothing_behind(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.update(document(TEA))

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.update(document(BEE, "양봉.txt"), progress=interrupt)
    assert not list((desk.root / "index").glob(".building-*"))
    assert "1,050ha" in desk.best("보성 녹차 재배 면적")
    assert desk.update(document(BEE, "양봉.txt")).published


SCRIPT = """
import resource, sys
from pathlib import Path
from ingest.errors import OperatorError
from ingest.load import load_bytes
from retriever.analysis import KoreanAnalyzer
from retriever.encoder import load_encoder
from retriever.indexing import update_index

data, models, limit = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
encoder = load_encoder(None, models)

def progress(stage, done, total):
    if stage == "write":
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        else:
            print("writing", flush=True)
            sys.stdin.readline()

try:
    update_index(data, add=[load_bytes(sys.argv[4].encode(), "새.txt")], encoder=lambda: encoder,
                 analyzer=KoreanAnalyzer(), progress=progress)
except OperatorError as error:
    print(error.code, flush=True)
"""


def start(desk: Desk, models: Path, limit: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(SCRIPT), desk.root, models, str(limit), BEE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )


def test_a_kill_in_the_middle_leaves_the_last_index(desk: Desk, models_dir: Path) -> None:
    desk.update(document(TEA))
    with start(desk, models_dir, 0) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        os.kill(process.pid, signal.SIGKILL)
    assert list((desk.root / "index").glob(".building-*"))
    assert "1,050ha" in desk.best("보성 녹차 재배 면적")
    assert desk.update(document(BEE, "양봉.txt")).published
    assert not list((desk.root / "index").glob(".building-*"))


def test_a_full_disk_leaves_the_last_index(desk: Desk, models_dir: Path) -> None:
    desk.update(document(TEA))
    with start(desk, models_dir, 4096) as process:
        said, _ = process.communicate()
    assert said == "disk_full\n"
    assert not list((desk.root / "index").glob(".building-*"))
    assert "1,050ha" in desk.best("보성 녹차 재배 면적")


def test_the_fingerprint_is_in_the_manifest(desk: Desk) -> None:
    desk.update(document(TEA))
    current = IndexFolder(desk.root / "index").current()
    assert current is not None
    manifest = current.verify()
    fingerprint: EncoderFingerprint = desk.encoder.fingerprint
    assert manifest.encoder["digest"] == fingerprint.digest()
    assert manifest.encoder["dimension"] == fingerprint.dimension
    assert manifest.counts["documents"] == 1
