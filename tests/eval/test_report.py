"""The page of ``geungeo eval report``: right figures, whole, and safe against what it shows."""

import json
import re
from collections.abc import Callable, Container
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from eval.comparison import compare
from eval.gold_set import DEFAULT_GOLD
from eval.judgement import JudgedRow, summed_up
from eval.metrics.refusal import reliability_bins
from eval.report import figures, plots
from eval.report.page import render
from eval.report.wrong import wrong_groups
from eval.row import Row
from tests.eval.conftest import RunCli
from tests.eval.made import GOLD, as_asked, record, row, unanswerable_row

NASTY = "</style><script>alert('나쁨')</script><img src=x onerror=alert(1)>\"'&{{ 7*7 }}"
VOID = {"meta", "link", "img", "br", "hr", "input"}


class Page(HTMLParser):
    """What a browser would find in a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert not self._open, f"열린 채 끝남: {self._open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag not in VOID:
            self._open.append(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            if name == "id":
                self.ids.append(value or "")
            if name in {"href", "src", "xlink:href", "action", "srcset", "data"}:
                self.links.append(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag
        if tag in {"dt", "dd", "td", "th"}:
            self.words += " "

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] != "style":
            self.words += data


def some_rows() -> list[Row]:
    return [
        row("a1", confidence=0.95, passage_rank=1),
        row("a2", confidence=0.75, passage_rank=3, type="list", split="tune", paraphrased=True),
        row(
            "a3",
            right=False,
            cited=False,
            confidence=0.35,
            passage_rank=None,
            evidence_ranks=[None],
        ),
        row("a4", right=False, refused=True, cited=False, confidence=0.05, passage_rank=7),
        unanswerable_row("u1", right=True, refused=True, confidence=0.15, type="unanswerable"),
        unanswerable_row("u2", right=False, confidence=0.45, type="unanswerable"),
    ]


def assert_self_contained(page: str) -> Page:
    found = Page(page)
    assert lacks(found.tags, "script")
    assert all(link.startswith("#") for link in found.links)
    assert "default-src 'none'" in page
    assert lacks(page, "@import")
    assert set(re.findall(r"url\(([^)]*)\)", page)) <= {f"#{name}" for name in found.ids}
    assert len(found.ids) == len(set(found.ids))
    assert {link[1:] for link in found.links} <= set(found.ids)
    return found


def lacks(text: Container[str], part: str) -> bool:
    """Tell it without pytest's comparison of the two, which takes minutes on a whole page."""
    return part not in text


def test_a_real_run_becomes_one_whole_page(cli: RunCli, data_dir: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    wanted = {"r003", "r004", "r026", "r224"}
    lines = DEFAULT_GOLD.read_text("utf-8").splitlines()
    gold.write_text("\n".join(as_asked(x) for x in lines if json.loads(x)["id"] in wanted), "utf-8")
    assert cli("eval", "run", "--gold", str(gold), "--name", "하나").status == 0
    out = tmp_path / "보고서.html"
    done = cli("eval", "report", "하나", "--out", str(out))
    assert (done.status, done.err) == (0, "")
    assert str(out) in done.out
    page = out.read_text("utf-8")
    words = assert_self_contained(page).words
    about = json.loads((data_dir / "eval" / "runs" / "하나" / "run.json").read_text("utf-8"))
    for name in figures.HEADLINES:
        assert f"{about['summary']['metrics'][name]['value'] * 100:.1f}" in words
    assert lacks(words, "합성생물학입니다.")  # r003 went right and is no wrong question
    wrong = [r for r in _rows(data_dir, "하나") if not r["right"]]
    assert wrong
    assert all(r["question"] in words and r["id"] in words for r in wrong)
    assert page.count("<svg") == 7  # each score with its ROC curve

    gold.write_text(gold.read_text("utf-8") + "\n", "utf-8")
    assert cli("eval", "report", "하나").status == 0
    kept = (data_dir / "eval" / "runs" / "하나" / "report.html").read_text("utf-8")
    assert "바른 답과 바른 근거는 싣지 못했습니다" in kept

    missing = cli("eval", "report", "둘")
    assert (missing.status, "저장된 실행이 없습니다" in missing.err) == (1, True)


def _rows(data_dir: Path, name: str) -> list[dict[str, Any]]:
    text = (data_dir / "eval" / "runs" / name / "rows.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def test_figures_stand_on_the_page() -> None:
    words = assert_self_contained(render(record(some_rows()), some_rows(), gold={})).words
    squeezed = " ".join(words.split())
    assert "50.0% · 2/4" in squeezed  # right
    assert "25.0% · 1/4" in squeezed  # wrongly refused
    assert "50.0% · 1/2" in squeezed  # refused where there is no answer
    assert "거절했어야 하는데 답함 1" in squeezed
    assert "답할 수 있는데 거절함 1" in squeezed
    assert "틀린 답 1" in squeezed
    # (.95 + .75 + .35 + .05 right 1, 1, 1, 1; .15 + .45 right 0, 0): squares .0025 + .0625 +
    # .4225 + .9025 + .0225 + .2025 = 1.615 over 6.
    assert "브라이어 점수 0.269" in squeezed


def test_nothing_of_a_run_becomes_markup() -> None:
    rows = [
        row(
            NASTY,
            type=NASTY,
            split=NASTY,
            question=NASTY,
            rewritten_question=f"다시 {NASTY}",
            answer=NASTY,
            right=False,
            unknown_terms=[NASTY],
            citations=[{"quote": NASTY, "passage_id": NASTY, "title": NASTY}],
            timings_ms={NASTY: 1.0},
        ),
        row("b", split="test"),
        row("c", answer=NASTY, refused=True, right=False, refusal_reason=NASTY),
    ]
    about = record(rows, NASTY, config={NASTY: NASTY}, version=NASTY, support_method=NASTY)
    gold = {r.id: replace(GOLD, id=r.id, answer=NASTY) for r in rows}
    before = [replace(r, right=not r.right) for r in rows]
    other = compare((record(before, "전"), before), (about, rows), "right")
    judged = [JudgedRow("b", True, (True,), "correct", {})]
    prompts = {NASTY: {"version": NASTY, "sha256": ""}}
    said = summed_up(judged, model=NASTY, created="", prompts=prompts)
    page = render(about, rows, gold=gold, against=(NASTY, other), judgement=said)
    found = assert_self_contained(page)
    assert lacks(found.tags, "img")
    assert found.words.count("alert('나쁨')") >= 15
    assert "{{ 7*7 }}" in found.words


def test_what_a_service_does_not_tell_is_left_out() -> None:
    bare: dict[str, Any] = {
        "hits": [],
        "passage_rank": None,
        "top_similarity": None,
        "coverage": None,
    }
    rows = [row("a", **bare, timings_ms={}), row("b", **bare, timings_ms={})]
    page = render(record(rows), rows, gold={})
    words = assert_self_contained(page).words
    assert lacks(words, "가장 높은 유사도")
    assert lacks(words, "근거가 든 단락의 순위")
    assert lacks(words, "응답 시간")
    assert lacks(words, "AUROC")  # no question without an answer
    assert "없습니다." in words


@pytest.mark.parametrize("rows", [[row()], [unanswerable_row("u", refused=True)]])
def test_one_question_is_enough(rows: list[Row]) -> None:
    assert_self_contained(render(record(rows), rows, gold={}))


def test_a_difference_is_shown_with_its_significance() -> None:
    before = [row(f"q{n}", right=n < 2, cited=n < 2) for n in range(12)]
    after = [row(f"q{n}", right=n > 0, answer=f"새 답 {n} [1]") for n in range(12)]
    found = compare((record(before, "전"), before), (record(after, "후"), after), "right")
    page = render(record(after, "후"), after, gold={}, against=("전", found))
    squeezed = " ".join(assert_self_contained(page).words.split())
    # 10 questions rose and 1 fell: 2 (1 + 11) / 2^11 = .0117.
    assert "맞음 12 16.7% 91.7% +75.0" in squeezed
    assert "0.012" in squeezed
    assert '<td class="number up"><strong>+75.0' in page
    assert "나아진 질문 10" in squeezed
    assert "나빠진 질문 1" in squeezed
    assert "새 답 11 [1]" in squeezed
    assert "0.0 ~ 0.0" in squeezed
    assert lacks(squeezed, "+0.0")


def test_a_judgement_is_shown_where_there_is_one() -> None:
    judged = [
        JudgedRow("a", True, (True, False), "correct", {}),
        JudgedRow("b", True, (True,), "wrong", {}),
        JudgedRow("c", True, None, None, {"faithfulness": "invalid", "correctness": "failed"}),
    ]
    said = summed_up(judged, model="openai:가짜", created="", prompts={})
    rows = [row("a"), row("b"), row("c")]
    squeezed = " ".join(Page(render(record(rows), rows, gold={}, judgement=said)).words.split())
    assert "충실성 75.0% · 2개" in squeezed
    assert "정확성 50.0% · 2개" in squeezed
    assert "형식이 틀린 판정 1, 실패한 요청 1" in squeezed
    assert lacks(Page(render(record(rows), rows, gold={})).words, "언어 모델 채점")


def test_ranks_count_each_question_once() -> None:
    rows = [row(str(n), passage_rank=rank) for n, rank in enumerate([1, 1, 3, 6, 10, 20, None])]
    assert figures.ranks([*rows, unanswerable_row("u"), row("v", hits=[])]) == [
        ("1위", 2),
        ("2위", 0),
        ("3위", 1),
        ("4위", 0),
        ("5위", 0),
        ("6–10위", 2),
        ("11–20위", 1),
        ("못 찾음", 1),
    ]


def test_parts_are_shown_where_there_are_two() -> None:
    rows = [row("a", split="tune"), row("b", split="test", right=False)]
    assert [(name, m.value, m.count) for name, m in figures.parts(rows)] == [
        ("test 부분", 0.0, 1),
        ("tune 부분", 1.0, 1),
    ]
    assert figures.parts(rows[:1]) == []


def test_stages_end_with_the_whole() -> None:
    found = figures.stages([{"total": 9.0, "embed": 2.0}, {"embed": 4.0, "그밖": 1.0}])
    assert [(s.name, s.times.p50, s.is_total) for s in found] == [
        ("질문 임베딩", 2.0, False),
        ("그밖", 1.0, False),
        ("전체", 9.0, True),
    ]


def test_brier_score() -> None:
    # ((.9 - 1)² + (.6 - 0)² + (.5 - 1)²) / 3 = (.01 + .36 + .25) / 3
    assert figures.brier_score([0.9, 0.6, 0.5], [True, False, True]) == pytest.approx(0.62 / 3)
    with pytest.raises(ValueError, match="no probabilities"):
        figures.brier_score([], [])


def test_wrong_questions_stand_in_one_group_each() -> None:
    rows = [*some_rows(), row("a5", cited=False, evidence_ranks=[2, None])]
    groups = wrong_groups(rows, {"a5": replace(GOLD, id="a5")})
    assert {g.title: [q.row.id for q in g.questions] for g in groups} == {
        "거절했어야 하는데 답함": ["u2"],
        "답할 수 있는데 거절함": ["a4"],
        "틀린 답": ["a3"],
        "답은 맞지만 근거가 다름": ["a5"],
    }
    last = groups[-1].questions[0]
    assert (last.expected, last.ranks) == (GOLD.answer, "2위, 못 찾음")
    assert groups[0].questions[0].expected == ""


@pytest.mark.parametrize(
    "draw",
    [
        lambda: plots.distributions([0.5, 0.6], [0.1], name="a", limits=(0, 1), threshold=0.3),
        lambda: plots.distributions([0.5], [], name="b"),
        lambda: plots.distributions([], [0.7, 0.7], name="c"),
        lambda: plots.reliability(reliability_bins([0.2, 0.9], [True, True]), name="d"),
        lambda: plots.lengths([10, 20], [30], name="e"),
        lambda: plots.lengths([], [0], name="f"),
    ],
)
def test_a_plot_takes_size_and_colours_from_the_page(draw: Callable[[], str]) -> None:
    svg = draw()
    root = ET.fromstring(svg)
    assert root.tag.endswith("svg")
    assert {"width", "height"}.isdisjoint(root.attrib)
    assert "viewBox" in root.attrib
    assert not re.search(r"#0[1-7]0[1-7]0[1-7]|<style|<script|metadata", svg)
    assert "var(--" in svg
    # Numbers only: nothing of a run, and no letters that the drawing's fonts would lack.
    assert re.fullmatch(r"[\d.%\s−-]*", "".join(root.itertext()))


def test_a_plot_is_the_same_each_time_and_its_names_are_its_own() -> None:
    first, again = (plots.distributions([0.5], [0.1], name="a") for _ in range(2))
    assert first == again
    other = plots.distributions([0.5], [0.1], name="b")
    ids = [set(re.findall(r'id="([^"]+)"', svg)) for svg in (first, other)]
    assert ids[0]
    assert ids[0].isdisjoint(ids[1])
