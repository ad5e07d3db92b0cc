"""Jobs: kept, begun in order, put back, given up, and run by one process at a time."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.background import background_jobs
from api.job_runner import Jobs
from api.job_store import KEPT_ENDED, MOST_ATTEMPTS, MOST_BATCHED, MOST_WAITING, JobStore
from api.job_work import Asked, JobWork, StoppedError
from api.jobs import Failure, Job, JobFile, JobKind, Stage, new_job
from api.polite_encoder import PoliteEncoder
from api.service import Service
from api.settings import Settings
from api.uploads import UploadFolder
from api.worker_pool import WorkerPool
from ingest.errors import ConflictError, GeungeoError, NotFoundError, OperatorError, RetryLaterError
from retriever.analysis import KoreanAnalyzer
from retriever.encoder import OpenVinoEncoder
from tests.api.conftest import wait_until

NOW = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> JobStore:
    return JobStore(tmp_path / "jobs.sqlite")


def add(store: JobStore, kind: JobKind = "add", size: int = 10) -> Job:
    job = new_job(kind, "req_1", NOW, files=[JobFile("가.md", size, "ab", "0")])
    store.add(job)
    return job


class TestStore:
    def test_what_was_kept_comes_back_whole(self, store: JobStore) -> None:
        failure = Failure.of(OperatorError("disk_full", "가득 찼습니다.", "비우세요."))
        file = JobFile("가.md", 3, "ab", "0", "failed", "doc_1", "제목", failure)
        job = replace(
            new_job("add", "req_1", NOW, files=[file], document_ids=["doc_2"]),
            stages=(Stage("embed", 1, 2),),
            failure=failure,
            started=NOW,
        )
        store.add(job)
        assert JobStore(store._path).get(job.id) == job

    @pytest.mark.parametrize(
        "error", [NotFoundError("a", "b"), RetryLaterError("a", "b", "c"), OperatorError("a", "b")]
    )
    def test_an_error_comes_back_in_its_class(self, error: GeungeoError) -> None:
        again = Failure.of(error).error()
        assert type(again) is type(error)
        assert (again.code, again.message, again.remedy) == (
            error.code, error.message, error.remedy
        )  # fmt: skip

    def test_before_the_first_job_nothing_is_written(self, store: JobStore) -> None:
        assert store.newest(5) == []
        assert store.begin_next(NOW) == []
        assert store.take_up_interrupted(NOW) == []
        assert store.unfinished() == set()
        with pytest.raises(NotFoundError):
            store.get("job_0")
        assert not store.exists

    def test_jobs_of_one_kind_in_a_row_are_begun_together(self, store: JobStore) -> None:
        kinds: tuple[JobKind, ...] = ("add", "add", "remove", "add")
        jobs = [add(store, kind) for kind in kinds]
        assert [job.id for job in store.newest(2)] == [jobs[3].id, jobs[2].id]
        batches = []
        while begun := store.begin_next(NOW):
            assert all(job.state == "running" and job.started == NOW for job in begun)
            batches.append([job.id for job in begun])
        assert batches == [[jobs[0].id, jobs[1].id], [jobs[2].id], [jobs[3].id]]

    def test_a_batch_is_bounded(self, store: JobStore) -> None:
        for _ in range(MOST_BATCHED + 1):
            add(store)
        assert len(store.begin_next(NOW)) == MOST_BATCHED
        for size in (20_000_000, 20_000_000, 90_000_000):
            add(store, size=size)
        sizes = []
        while begun := store.begin_next(NOW):
            sizes.append([job.files[0].size for job in begun])
        assert sizes == [[10, 20_000_000], [20_000_000], [90_000_000]]

    def test_interrupted_jobs_are_taken_up_until_they_seem_to_be_the_cause(
        self, store: JobStore
    ) -> None:
        job = add(store)
        for attempt in range(1, MOST_ATTEMPTS + 1):
            assert store.take_up_interrupted(NOW) == []
            assert store.begin_next(NOW)[0].attempts == attempt
        (given_up,) = store.take_up_interrupted(NOW)
        assert given_up.state == "failed"
        assert store.get(job.id) == given_up
        assert given_up.failure is not None
        assert given_up.failure.code == "job_interrupted"
        assert store.unfinished() == set()

    def test_only_a_waiting_job_can_be_cancelled(self, store: JobStore) -> None:
        job = add(store)
        assert store.cancel(job.id, NOW).state == "cancelled"
        assert store.begin_next(NOW) == []
        running = add(store)
        store.begin_next(NOW)
        for job_id in (job.id, running.id):
            with pytest.raises(ConflictError):
                store.cancel(job_id, NOW)
        with pytest.raises(NotFoundError):
            store.cancel("job_0", NOW)

    def test_too_many_waiting_jobs_are_refused(self, store: JobStore) -> None:
        for _ in range(MOST_WAITING):
            add(store)
        with pytest.raises(RetryLaterError) as caught:
            add(store)
        assert caught.value.code == "too_many_jobs"

    def test_the_oldest_ended_jobs_are_forgotten(self, store: JobStore) -> None:
        waiting = add(store)
        ended = [add(store) for _ in range(3)]
        store.save(*(replace(job, state="done") for job in ended))
        for _ in range(KEPT_ENDED - 2):
            job = add(store)
            store.save(replace(job, state="failed"))
        kept = {job.id for job in store.newest(1000)}
        assert len(kept) == KEPT_ENDED + 1
        assert waiting.id in kept
        assert ended[0].id not in kept
        assert ended[1].id in kept


class TestUploads:
    def test_what_a_killed_server_left_is_swept_and_nothing_else(self, tmp_path: Path) -> None:
        uploads = UploadFolder(tmp_path / "uploads")
        with uploads.receiving() as draft:
            (draft / "0").write_bytes(b"a")
            uploads.keep(draft, "job_wanted", lambda: None)
        for name in ("job_of_nobody", ".receiving-dead"):
            (tmp_path / "uploads" / name).mkdir()
            (tmp_path / "uploads" / name / "0").write_bytes(b"a")
        (tmp_path / "uploads" / ".receiving-dead" / "lock").touch()
        with uploads.receiving() as live:
            (live / "0").write_bytes(b"a")
            UploadFolder(tmp_path / "uploads").sweep(lambda: {"job_wanted"})
            assert (live / "0").exists()
        assert uploads.read("job_wanted", "0") == b"a"
        left = {path.name for path in (tmp_path / "uploads").iterdir() if path.is_dir()}
        assert left == {"job_wanted"}

    def test_files_of_a_job_that_cannot_be_kept_are_removed(self, tmp_path: Path) -> None:
        uploads = UploadFolder(tmp_path / "uploads")

        def refuse() -> None:
            raise RetryLaterError("too_many_jobs", "많습니다.")

        with uploads.receiving() as draft, pytest.raises(RetryLaterError):
            (draft / "0").write_bytes(b"a")
            uploads.keep(draft, "job_1", refuse)
        assert not any(path.is_dir() for path in (tmp_path / "uploads").iterdir())


class Work(JobWork):
    """Ends jobs at once, or does first what a test tells it."""

    def __init__(self, then: Callable[[list[Job]], None] = lambda _: None) -> None:
        self.batches: list[list[Job]] = []
        self._then = then

    def do(self, asked: Asked) -> list[Job]:
        self.batches.append(list(asked.jobs))
        self._then(asked.jobs)
        return [replace(job, state="done") for job in asked.jobs]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Work], Jobs]]:
    monkeypatch.setattr("api.job_runner.POLL_SECONDS", 0.01)
    monkeypatch.setattr("api.job_runner.RETRY_SECONDS", 0.01)
    running: list[Jobs] = []

    def start(work: Work) -> Jobs:
        jobs = Jobs(tmp_path, lambda _: work)
        jobs.start()
        running.append(jobs)
        return jobs

    yield start
    for jobs in running:
        jobs.stop()


def ended(jobs: Jobs, *asked: Job) -> list[Job]:
    wait_until(lambda: not jobs.store.unfinished())
    return [jobs.store.get(job.id) for job in asked]


class TestRunner:
    def test_one_process_runs_jobs_and_another_follows_when_it_ends(
        self, run: Callable[[Work], Jobs]
    ) -> None:
        go_on = threading.Event()
        first, second = Work(lambda _: wait_until(go_on.is_set)), Work()
        one = run(first)
        job = one.reindex("req_1")
        wait_until(lambda: bool(first.batches))
        other = run(second)
        later = other.remove_document("doc_1", "req_2")
        go_on.set()
        assert [j.state for j in ended(one, job, later)] == ["done", "done"]
        assert (len(first.batches), len(second.batches)) == (2, 0)
        one.stop()
        last = other.reindex("req_3")
        assert ended(other, last)[0].state == "done"
        assert len(second.batches) == 1

    def test_a_bug_fails_one_job_and_no_other(self, run: Callable[[Work], Jobs]) -> None:
        def fail_on_two(batch: list[Job]) -> None:
            if any(job.document_ids == ("doc_2",) for job in batch):
                raise ZeroDivisionError

        jobs = run(Work(fail_on_two))
        asked = [jobs.remove_document(f"doc_{i}", "req") for i in range(4)]
        states = [job.state for job in ended(jobs, *asked)]
        assert states == ["done", "done", "failed", "done"]
        failure = jobs.store.get(asked[2].id).failure
        assert failure is not None
        assert failure.code == "internal_error"

    def test_a_full_disk_is_told(self, run: Callable[[Work], Jobs]) -> None:
        def fail(_: list[Job]) -> None:
            raise OSError(5, "EIO")

        jobs = run(Work(fail))
        (job,) = ended(jobs, jobs.reindex("req"))
        assert job.failure is not None
        assert job.failure.code == "system_error"
        assert "입출력" in job.failure.message

    def test_while_another_program_writes_the_job_waits(self, run: Callable[[Work], Jobs]) -> None:
        left = [StoppedError(), RetryLaterError("index_busy", "바쁨"), RetryLaterError("a", "b")]

        def busy(_: list[Job]) -> None:
            if left:
                raise left.pop()

        work = Work(busy)
        jobs = run(work)
        (job,) = ended(jobs, jobs.reindex("req"))
        assert (job.state, job.attempts, len(work.batches)) == ("done", 1, 4)


def test_a_stopped_server_puts_its_job_back_and_the_next_one_does_it(
    data_dir: Path, encoder: OpenVinoEncoder, analyzer: KoreanAnalyzer
) -> None:
    service = Service(Settings(data_dir=data_dir), encoder=encoder, analyzer=analyzer)
    pool = WorkerPool(1, 1)
    before = service.library.generation()
    jobs = background_jobs(service, pool)
    lines = "".join(f"- 관측소 {i}호의 강수량은 {i * 7}밀리미터임\n" for i in range(300))
    with jobs.uploads.receiving() as draft:
        (draft / "0").write_text(f"# 강수 보고서\n\n{lines}", encoding="utf-8")
        job = jobs.add_files(draft, [JobFile("강수.md", len(lines), "", "0")], "req")
    jobs.start()
    wait_until(lambda: "embed" in {stage.name for stage in jobs.store.get(job.id).stages})
    jobs.stop()
    assert jobs.store.get(job.id).state == "queued"
    assert service.library.generation() == before
    assert not list((data_dir / "index").glob(".building-*"))
    again = background_jobs(service, pool)
    again.start()
    (done,) = ended(again, job)
    again.stop()
    pool.close()
    assert (done.state, done.files[0].outcome) == ("done", "added")
    assert service.generation == done.generation
    assert "693밀리미터" in service.answer("관측소 99호의 강수량은 얼마인가요?").text
    service.close()


def test_slices_give_the_vectors_of_the_whole(encoder: OpenVinoEncoder) -> None:
    texts = [f"한강 관측소 {i}호의 수온은 {'매우 ' * (i % 5)}높음" for i in range(10)]
    ways: list[None] = []
    polite = PoliteEncoder(encoder, lambda: ways.append(None), size=4)
    whole = encoder.encode_passages(texts)
    done: list[int] = []
    assert (polite.encode_passages(texts, progress=done.append) * whole).sum(1).min() > 0.999
    assert done == [4, 8, 10]
    assert len(ways) == 3
    for own, vector in zip(polite.embed_passages(texts), whole, strict=True):
        assert float(own.vector @ vector) > 0.999
    assert polite.encode_passages([]).shape == (0, encoder.fingerprint.dimension)
    assert polite.fingerprint == encoder.fingerprint
