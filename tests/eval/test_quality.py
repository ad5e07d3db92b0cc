"""``geungeo eval quality``: all figures of the answers in one run, and where they are written."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from eval.gold_set import DEFAULT_GOLD, read_gold
from eval.grounding.case import Case
from eval.marked_part import MarkedPart
from eval.metrics.latency import quantile
from eval.over_http import OverHttp
from eval.quality.latency import over_http
from eval.quality.script import Script
from eval.refusal_curve.left_out import answering
from eval.refusal_curve.questions import curve_set
from eval.summary import quantile_metric, ratio_metric
from ingest.chunk import chunk
from ingest.errors import OperatorError
from ingest.load import load_bytes
from tests.eval.conftest import CORPUS, RunCli

# Of the part that is not tuned on: a figure, a follow-up and one without an answer.
IDS = {"r004", "r037", "r054"}
PASSAGE = "섬의 등대는 모두 12곳이다. 등대지기는 없다."


def case(way: str, kind: str, text: str) -> Case:
    return Case(way, kind, text, (1,), {}, PASSAGE, "test")  # type: ignore[arg-type]


SCRIPT = Script.of(
    [
        case("digit_changed", "figure", "섬의 등대는 모두 17곳이다."),
        case("half_invented", "figure", "등대지기는 없다. 절반이 무너졌다."),
        case("fact_invented", "words", "섬의 등대는 모두 무너졌다."),
        case("verbatim", "faithful", "섬의 등대는 모두 12곳이다."),
        case("formal", "faithful", "섬에는 등대가 12곳 있습니다. 등대지기는 없습니다."),
        case("repeated", "faithful", "섬의 등대는 모두 12곳이다."),
    ],
    PASSAGE,
)


def test_a_script_says_each_sentence_once_with_its_marker() -> None:
    assert SCRIPT.text.splitlines()[0] == "섬의 등대는 모두 17곳이다. [1]"
    assert [SCRIPT.count(kind) for kind in ("figure", "words", "faithful")] == [2, 1, 2]
    assert SCRIPT.ways == {"digit_changed", "half_invented", "fact_invented"}


def test_what_came_out_is_told_apart() -> None:
    found = SCRIPT.account(["섬의 등대는 모두 17곳이다", "섬의 등대는 모두 12곳이다."])
    assert (found.figures, found.words, found.faithful) == (
        (("digit_changed", "섬의 등대는 모두 17곳이다"),),
        (),
        1,
    )
    assert SCRIPT.account(["섬의 등대는 모두 무너졌다."]).words
    assert SCRIPT.account(["등대가 예쁘다."]).unknown == ("등대가 예쁘다.",)
    assert SCRIPT.account(["이상입니다."]).unknown == ()


def test_the_true_half_of_an_invention_is_none() -> None:
    assert SCRIPT.account(["등대지기는 없다."]).figures == ()
    assert SCRIPT.account(["절반이 무너졌다."]).figures == (("half_invented", "절반이 무너졌다."),)


def test_a_sentence_behind_another_is_an_invention_right_behind_it() -> None:
    carried = replace(case("left_unsaid", "figure", "모두 12곳이다."), before="섬에 길이 있다.")
    script = Script.of([carried], f"{PASSAGE} 섬에 길이 있다.")
    assert script.text.splitlines()[:2] == ["섬에 길이 있다. [1]", "모두 12곳이다. [1]"]
    assert script.account(["섬에 길이 있다.", "모두 12곳이다."]).figures
    assert not script.account(["모두 12곳이다.", "섬에 길이 있다."]).figures


def test_a_faithful_sentence_survives_whole_or_not_at_all() -> None:
    assert SCRIPT.account(["섬에는 등대가 12곳 있습니다."]).faithful == 0
    both = ["섬에는 등대가 12곳 있습니다.", "등대지기는 없습니다."]
    assert SCRIPT.account(both).faithful == 1


def test_a_share_of_groups_is_resampled_by_group() -> None:
    together = ratio_metric([(10, 10)] * 5 + [(0, 10)] * 5)
    apart = ratio_metric([(1, 1), (0, 1)] * 50)
    assert together.value == apart.value == 0.5
    assert (together.count, apart.count) == (100, 100)
    assert together.high - together.low > 1.5 * (apart.high - apart.low)


def test_a_quantile_has_an_interval_of_measured_values() -> None:
    times = [float(n) for n in range(1, 101)]
    found = quantile_metric(times, 0.95)
    assert found.value == quantile(times, 0.95)
    assert {found.low, found.high} <= set(times)
    assert found.low < found.value < found.high


def test_every_passage_that_answers_is_left_out() -> None:
    gold = next(q for q in read_gold(DEFAULT_GOLD) if q.id == "r004")
    passages = [
        p
        for path in sorted(CORPUS.glob("*-*.md"))
        for p in chunk(load_bytes(path.read_bytes(), path.name))
    ]
    gone = answering(gold, passages)
    assert 0 < len(gone) < len(passages) / 4
    kept = "\n".join(p.text for p in passages if p.id not in gone)
    assert all(evidence.quote not in kept for evidence in gold.evidence)


def test_gold_questions_are_asked_twice() -> None:
    asked = curve_set(DEFAULT_GOLD, [CORPUS], "test", 6, without_evidence=True).questions
    assert [q.answerable for q in asked] == [True, False] * 6
    assert all(bool(q.left_out) != q.answerable for q in asked)
    assert asked[0].text == asked[1].text


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    kept = [
        line
        for line in DEFAULT_GOLD.read_text("utf-8").splitlines()
        if json.loads(line)["id"] in IDS
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(kept), encoding="utf-8")
    return path


def test_all_figures_come_of_one_command(
    cli: RunCli, gold: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eval.quality.run._SENTENCES", 4)
    monkeypatch.setattr("eval.quality.run._INVENTING_QUESTIONS", 1)
    part, page = MarkedPart.named("품질"), tmp_path / "품질.md"
    page.write_text(f"앞\n{part.begin}\n{part.end}\n뒤\n", encoding="utf-8")
    done = cli("eval", "quality", "--gold", str(gold), "--write", str(page), "--json")
    assert done.status == 0, done.err
    found = json.loads(done.out)
    test = found["splits"]["test"]["metrics"]
    assert {"right", "cited", "median_answer_chars", "quotes_exact", "follow_ups"} <= set(test)
    assert test["right"]["low"] <= test["right"]["value"] <= test["right"]["high"]
    assert set(found["curves"]) == {"own", "own_without_evidence"}
    assert found["curves"]["own_without_evidence"]["area"]["estimate"] > 0.5
    assert {one["mode"] for one in found["inventing"]["reached"]} == {"stream", "whole"}
    assert found["inventing"]["ways"] >= 30
    for one in found["inventing"]["reached"]:
        assert one["figures"][0] == 0, one["passed"]
        assert one["faithful"][0] > 0
    latency = found["latency"]
    assert 0 < latency["first50"]["value"] <= latency["whole95"]["value"]
    table = page.read_text("utf-8")
    assert table.startswith(f"앞\n{part.begin}\n")
    assert table.endswith(f"{part.end}\n뒤\n")
    for said in ("| 이어 묻는 질문 맞음 |", "답이 든 단락을 뺌", "| 스트리밍 |", "| 첫 문장 |"):
        assert said in table


def test_a_document_without_the_part_is_refused_before_measuring(
    cli: RunCli, tmp_path: Path
) -> None:
    page = tmp_path / "빈.md"
    page.write_text("", encoding="utf-8")
    done = cli("eval", "quality", "--write", str(page))
    assert done.status == 1
    assert "<!-- 품질 표 시작 -->" in done.err
    assert "질문…" not in done.err


def test_the_published_document_has_the_part() -> None:
    MarkedPart.named("품질").check(CORPUS.parent / "docs" / "quality.md")


@contextmanager
def answering_server(events: bytes) -> Iterator[str]:
    """A service that answers every question with the same events."""
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(b'{"generation": "g", "info": {"version": "1"}}')

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self._send(events)

        def _send(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_service_is_timed_by_its_events() -> None:
    told = b'event: token\ndata: {"text": "a"}\n\nevent: done\ndata: {}\n\n'
    questions = read_gold(DEFAULT_GOLD)[:3]
    with answering_server(told) as url, closing(OverHttp(url, 8)) as service:
        assert list(service.events(questions[0])) == ["token", "done"]
        found = over_http(service, questions)
    assert 0 < found.first50.value <= found.whole95.value


def test_an_answer_that_breaks_off_is_no_answer() -> None:
    told = b'event: token\ndata: {"text": "a"}\n\n'
    with answering_server(told) as url, closing(OverHttp(url, 8)) as service:
        events = service.events(read_gold(DEFAULT_GOLD)[0])
        assert next(events) == "token"
        with pytest.raises(OperatorError):
            next(events)
