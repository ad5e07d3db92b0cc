import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from ingest.errors import InputError, NotFoundError, OperatorError, RetryLaterError
from retriever.analysis import KoreanAnalyzer
from retriever.encoder_base import EncoderFingerprint
from retriever.generation import KEPT_GENERATIONS, IndexFolder
from retriever.live_index import LiveIndex
from tests.retriever.desk import BEE, TEA, Desk, OtherModel, document


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
