"""Adding and removing documents over HTTP."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.document_schemas import JOB_EXAMPLE, JobResponse
from api.service import Service
from api.settings import Settings
from retriever.analysis import KoreanAnalyzer
from retriever.encoder import OpenVinoEncoder
from tests.api.conftest import Running, serving, wait_until

LIGHT = "# 등대 보고서\n\n## 1. 현황\n- 서해 등대는 모두 37기로 조사됨\n- 등대 관리원은 52명임\n"
QUESTION = "서해 등대는 모두 몇 기인가요?"
ANSWER = "37기"
MOST_BYTES, MOST_FILES = 3000, 4


@pytest.fixture(scope="module")
def editable(
    built: Path,
    tmp_path_factory: pytest.TempPathFactory,
    encoder: OpenVinoEncoder,
    analyzer: KoreanAnalyzer,
) -> Iterator[Running]:
    """A server whose documents tests may change; each leaves what it found."""
    folder = tmp_path_factory.mktemp("editable")
    shutil.copytree(built, folder, symlinks=True, dirs_exist_ok=True)
    settings = Settings(
        data_dir=folder,
        max_body_bytes=1000,
        max_upload_bytes=MOST_BYTES,
        max_upload_files=MOST_FILES,
    )
    yield from serving(Service(settings, encoder=encoder, analyzer=analyzer))


def post(server: Running, *files: tuple[str, str | bytes], wait: float = 30) -> httpx.Response:
    parts = [
        ("files", (name, text.encode() if isinstance(text, str) else text)) for name, text in files
    ]
    return server.client.post(f"/v1/documents?wait={wait}", files=parts)


def job_of(response: httpx.Response, status: int = 200) -> dict[str, Any]:
    assert response.status_code == status, response.text
    body = response.json()
    assert set(body) == {"job", "request_id"}
    job: dict[str, Any] = body["job"]
    assert response.headers["location"] == f"/v1/jobs/{job['id']}"
    return job


def error_of(response: httpx.Response, status: int) -> tuple[str, str]:
    assert response.status_code == status, response.text
    error = response.json()["error"]
    assert error["request_id"] == response.headers["x-request-id"]
    assert re.search(r"[요다]\.$", error["message"])
    return error["code"], error["message"]


def answer(server: Running, question: str = QUESTION) -> str:
    text: str = server.client.post("/v1/ask", json={"question": question}).json()["answer"]
    return text


def titles(server: Running) -> set[str]:
    return {d["title"] for d in server.client.get("/v1/documents").json()["documents"]}


def left_behind(server: Running) -> list[str]:
    folder = server.service.settings.data_dir / "uploads"
    return [path.name for path in folder.iterdir() if path.name != ".accepting.lock"]


def test_the_next_answers_know_what_was_added_and_removed(editable: Running) -> None:
    before = titles(editable)
    assert ANSWER not in answer(editable)
    job = job_of(post(editable, ("등대.md", LIGHT), ("풍차.txt", "# 풍차 보고서\n\n- 풍차 9기\n")))
    assert job["state"] == "done"
    assert ANSWER in answer(editable)
    assert [file["outcome"] for file in job["files"]] == ["added", "added"]
    assert [file["title"] for file in job["files"]] == ["등대 보고서", "풍차 보고서"]
    assert [stage["name"] for stage in job["stages"]] == [
        "load", "parse", "analyse", "embed", "write"
    ]  # fmt: skip
    assert all(stage["label"] != stage["name"] for stage in job["stages"])
    assert titles(editable) == before | {"등대 보고서", "풍차 보고서"}
    assert job["generation"] == editable.client.get("/readyz").json()["generation"]
    assert left_behind(editable) == []

    again = job_of(post(editable, ("다른 이름.md", LIGHT)))
    assert again["files"][0]["outcome"] == "unchanged"
    assert again["files"][0]["document_id"] == job["files"][0]["document_id"]
    assert again["generation"] == job["generation"]

    for file in job["files"]:
        path = f"/v1/documents/{file['document_id']}"
        removed = job_of(editable.client.delete(f"{path}?wait=30"))
        assert (removed["kind"], removed["state"]) == ("remove", "done")
        assert error_of(editable.client.get(path), 404)[0] == "document_not_found"
        assert error_of(editable.client.delete(path), 404)[0] == "document_not_found"
    assert ANSWER not in answer(editable)
    assert titles(editable) == before


def test_without_waiting_the_job_is_told_and_can_be_followed(editable: Running) -> None:
    response = post(editable, ("등대.md", LIGHT), wait=0)
    job = job_of(response, 202)
    assert job["state"] == "queued"
    assert job["request_id"] == response.headers["x-request-id"]
    path = response.headers["location"]
    wait_until(lambda: editable.client.get(path).json()["job"]["state"] == "done")
    assert ANSWER in answer(editable)
    listed = editable.client.get("/v1/jobs?limit=1").json()["jobs"]
    assert listed == [editable.client.get(path).json()["job"]]
    document = listed[0]["files"][0]["document_id"]
    job_of(editable.client.delete(f"/v1/documents/{document}?wait=30"))


def test_rebuilding_keeps_every_document(editable: Running) -> None:
    before = editable.client.get("/readyz").json()["generation"]
    listed = editable.client.get("/v1/documents").json()["documents"]
    job = job_of(editable.client.post("/v1/documents/reindex?wait=60"))
    assert job["kind"] == "reindex"
    assert editable.client.get("/readyz").json()["generation"] == job["generation"] > before
    assert editable.client.get("/v1/documents").json()["documents"] == listed


BAD_FILES = {
    "unsupported_type": ("보고서.hwp", b"\xd0\xcf\x11\xe0"),
    "file_binary": ("그림.md", b"%PDF-1.7 \x00\x01"),
    "file_empty": ("빈것.md", b" \n"),
    "file_too_large": ("큰것.md", b"# " + b"a" * MOST_BYTES),
    "encoding_unknown": ("깨짐.txt", "보고서 ".encode() * 20 + b"\xff"),
}


@pytest.mark.parametrize(("code", "file"), BAD_FILES.items(), ids=BAD_FILES)
def test_a_file_that_is_no_report_is_refused(
    editable: Running, code: str, file: tuple[str, bytes]
) -> None:
    found, message = error_of(post(editable, file), 400)
    assert found == code
    if code in {"unsupported_type", "file_empty", "file_too_large"}:
        assert file[0] in message
    assert left_behind(editable) == []


def test_bad_files_are_told_and_the_others_go_on(editable: Running) -> None:
    job = job_of(post(editable, BAD_FILES["file_binary"], ("등대.md", LIGHT)))
    assert [file["outcome"] for file in job["files"]] == ["failed", "added"]
    assert job["files"][0]["error"]["code"] == "file_binary"
    assert job["files"][0]["sha256"] == ""
    assert ANSWER in answer(editable)
    document = job["files"][1]["document_id"]
    job_of(editable.client.delete(f"/v1/documents/{document}?wait=30"))


def test_a_name_is_only_shown(editable: Running) -> None:
    job = job_of(post(editable, ("../../../나가기.md", LIGHT)))
    assert job["files"][0]["name"] == "나가기.md"
    data = editable.service.settings.data_dir
    assert not list(data.parent.glob("*나가기*"))
    assert not list(data.rglob("*나가기*"))
    document = job["files"][0]["document_id"]
    assert (
        editable.client.get(f"/v1/documents/{document}").json()["document"]["source"] == "나가기.md"
    )
    job_of(editable.client.delete(f"/v1/documents/{document}?wait=30"))


def form(*lines: bytes, boundary: bytes = b"x") -> dict[str, Any]:
    return {
        "content": b"\r\n".join(lines),
        "headers": {"Content-Type": f"multipart/form-data; boundary={boundary.decode()}"},
    }


PART = b'Content-Disposition: form-data; name="files"; filename="a.md"'
FIELD = b'Content-Disposition: form-data; name="files"'


@pytest.mark.parametrize(
    ("request_fields", "code"),
    [
        ({"json": {"files": []}}, "malformed_form"),
        ({"content": b"x", "headers": {"Content-Type": "multipart/form-data"}}, "malformed_form"),
        ({}, "malformed_form"),
        (
            {
                "content": b"x",
                "headers": {"Content-Type": f"multipart/form-data; boundary={'b' * 5000}"},
            },
            "malformed_form",
        ),
        (form(b"--x", PART, b"", LIGHT.encode()), "malformed_form"),
        (form(b"--x", PART, b"", LIGHT.encode(), b"--y--"), "malformed_form"),
        (form(b"nonsense"), "malformed_form"),
        (form(b""), "malformed_form"),
        (form(b"--x--", b""), "no_files"),
        (form(b"--x", PART.replace(b"a.md", b""), b"", b"", b"--x--", b""), "no_files"),
        (form(b"--x", FIELD, b"", b"a", b"--x--"), "no_files"),
        (form(*[b"--x", PART, b"", b"a"] * (MOST_FILES + 1), b"--x--"), "too_many_files"),
    ],
)  # fmt: skip
def test_a_form_that_cannot_be_read_leaves_nothing(
    editable: Running, request_fields: dict[str, Any], code: str
) -> None:
    before = len(editable.client.get("/v1/jobs?limit=100").json()["jobs"])
    response = editable.client.post("/v1/documents", **request_fields)
    assert error_of(response, 400)[0] == code
    assert len(editable.client.get("/v1/jobs?limit=100").json()["jobs"]) == before
    assert left_behind(editable) == []


def test_who_still_sends_when_the_form_is_refused_reads_why(editable: Running) -> None:
    files = [(f"{i}.md", b"a" * 2**18) for i in range(MOST_FILES + 1)]
    assert error_of(post(editable, *files), 400)[0] == "too_many_files"


def test_a_name_in_the_extended_form_is_read(editable: Running) -> None:
    part = b"Content-Disposition: form-data; name=files; filename*=UTF-8''%EB%B9%88.md"
    response = editable.client.post("/v1/documents", **form(b"--x", part, b"", b" ", b"--x--"))
    assert "빈.md" in error_of(response, 400)[1]


def test_a_body_far_beyond_all_files_is_not_read(editable: Running) -> None:
    big = b"a" * (MOST_BYTES * MOST_FILES + 2 * 2**20)
    assert error_of(post(editable, ("a.md", big)), 413)[0] == "body_too_large"
    chunks = (b"a" * 2**16 for _ in range(40))
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    response = editable.client.post("/v1/documents", content=chunks, headers=headers)
    assert response.status_code in {400, 413}
    assert left_behind(editable) == []


@pytest.mark.parametrize("wait", ["-1", "61", "nan", "x"])
def test_a_bad_wait_is_refused(editable: Running, wait: str) -> None:
    response = editable.client.post(f"/v1/documents/reindex?wait={wait}")
    assert error_of(response, 422)[0] == "invalid_request"


def test_our_own_page_may_change_documents(editable: Running) -> None:
    origin = str(editable.client.base_url).rstrip("/")
    response = editable.client.post("/v1/documents", headers={"Origin": origin})
    assert error_of(response, 400)[0] == "malformed_form"


def test_the_last_document_stays(
    data_dir: Path, encoder: OpenVinoEncoder, analyzer: KoreanAnalyzer
) -> None:
    service = Service(Settings(data_dir=data_dir), encoder=encoder, analyzer=analyzer)
    steps = serving(service)
    server = next(steps)
    ids = sorted(service.library.ids())
    # The first removal holds the worker while the others come in, to be tried together.
    responses = [server.client.delete(f"/v1/documents/{i}") for i in ids]
    jobs = [response.headers["location"] for response in responses]
    wait_until(lambda: all(job_state(server, path) in {"done", "failed"} for path in jobs))
    states = [job_state(server, path) for path in jobs]
    assert states == ["done", "done", "failed"]
    error = server.client.get(jobs[-1]).json()["job"]["error"]
    assert error["code"] == "nothing_to_search"
    code, _ = error_of(server.client.delete(f"/v1/documents/{ids[-1]}?wait=30"), 400)
    assert code == "nothing_to_search"
    assert service.library.ids() == {ids[-1]}
    assert next(steps, None) is None


def job_state(server: Running, path: str) -> str:
    state: str = server.client.get(path).json()["job"]["state"]
    return state


def test_the_example_has_the_shape_of_the_schema() -> None:
    read = JobResponse.model_validate(JOB_EXAMPLE)
    assert read.model_dump(mode="json") == JOB_EXAMPLE
