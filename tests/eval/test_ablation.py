"""``geungeo eval ablate``: sets of every kind, the document and whole runs."""

import json
import re
from itertools import count
from pathlib import Path

import pytest
from filelock import FileLock

from eval.ablation.question_set import (
    AskedQuestion,
    SetKind,
    guess_kind,
    load_set,
    relevance,
)
from eval.ablation.searching import WhitespaceBm25
from eval.ablation.variant import FULL, variants
from eval.evidence_passages import EvidencePassages, first_rank
from eval.gold_set import DEFAULT_GOLD
from eval.marked_part import MarkedPart
from eval.passage_documents import passage_documents
from eval.retrieval_set import EvalPassage
from ingest.chunk import chunk
from ingest.errors import InputError, NotFoundError
from ingest.load import load_bytes
from tests.eval.conftest import CORPUS, RunCli
from tests.eval.prefers import Prefers

ROOT = Path(__file__).resolve().parents[2]
NAMES = [variant.name for variant in variants(reranker=False)]

# By title: paragraphs, each with a question that it answers.
ARTICLES = {
    "보성 녹차": {
        "수확은 봄에 시작한다.": "보성 녹차 수확은 언제?",
        "찻잎은 해마다 세 번 딴다.": "찻잎은 몇 번 딸까?",
    },
    "완도 전복": {
        "수확은 봄에 시작됩니다.": "완도 전복 수확은 언제?",
        "가두리는 태풍에 약하다.": "태풍에 약한 것은?",
    },
}


def squad() -> dict[str, object]:
    """The articles as SQuAD writes them; the questions are q0 to q3."""
    numbers = count()
    articles = [
        {
            "title": title,
            "paragraphs": [
                {"context": text, "qas": [{"id": f"q{next(numbers)}", "question": question}]}
                for text, question in paragraphs.items()
            ],
        }
        for title, paragraphs in ARTICLES.items()
    ]
    return {"data": articles}


@pytest.fixture
def squad_file(tmp_path: Path) -> Path:
    path = tmp_path / "작은_질문.json"
    path.write_text(json.dumps(squad(), ensure_ascii=False), encoding="utf-8")
    return path


def lines(*ids: str) -> str:
    kept = DEFAULT_GOLD.read_text("utf-8").splitlines()
    return "\n".join(line for line in kept if json.loads(line)["id"] in ids)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Three questions of ours that have an answer, a follow-up among them, and one without."""
    path = tmp_path / "gold.jsonl"
    path.write_text(lines("r001", "r003", "r025", "r228"), encoding="utf-8")
    return path


def test_the_kind_of_a_set_shows_in_its_files(tmp_path: Path, gold: Path, squad_file: Path) -> None:
    assert guess_kind(gold) is SetKind.GOLD
    assert guess_kind(squad_file) is SetKind.SQUAD
    tydi = tmp_path / "tydiqa-goldp-dev.json"
    tydi.write_text("{}", encoding="utf-8")
    assert guess_kind(tydi) is SetKind.TYDI
    exported = tmp_path / "korean.jsonl"
    exported.write_text('{"id": "korean-1", "context": "글", "question": "?"}\n', encoding="utf-8")
    assert guess_kind(exported) is SetKind.TYDI
    for name, kind in (
        ("qrels/test.tsv", SetKind.BEIR),
        ("qa.parquet", SetKind.AUTORAG),
        ("questions.jsonl", SetKind.TYDI),
    ):
        file = tmp_path / kind / name
        file.parent.mkdir(parents=True)
        file.touch()
        assert guess_kind(tmp_path / kind) is kind


def test_a_set_of_no_known_kind_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "표.csv"
    other.touch()
    for path in (other, tmp_path):
        with pytest.raises(InputError, match="--kind에 gold, squad, tydi, beir, autorag"):
            guess_kind(path)
    with pytest.raises(NotFoundError, match=r"없음\.json"):
        guess_kind(tmp_path / "없음.json")
    with pytest.raises(NotFoundError, match=r"없음\.json"):
        load_set(SetKind.SQUAD, tmp_path / "없음.json", [])


def test_gold_questions_want_the_passages_that_hold_their_quotes(gold: Path) -> None:
    asked = load_set(SetKind.GOLD, gold, [CORPUS])
    assert [q.id for q in asked.questions] == ["r001", "r003", "r025"]
    assert not asked.by_document
    passages = {p.id: p.text for document in asked.documents for p in chunk(document)}
    evidence = EvidencePassages(passages)
    for question in asked.questions:
        groups = relevance(question, evidence)
        assert len(groups) == len(question.quotes) > 0
        for quote, group in zip(question.quotes, groups, strict=True):
            assert all(re.sub(r"\s", "", quote) in re.sub(r"\s", "", passages[n]) for n in group)


def test_a_quote_that_no_passage_holds_is_never_found() -> None:
    question = AskedQuestion("가", "?", (), "test", quotes=("있는 글", "없는 글"))
    held, missing = relevance(question, EvidencePassages({"p1": "여기 있는\n글", "p2": "다른 것"}))
    assert held == frozenset({"p1"})
    assert missing
    assert not {"p1", "p2"}.intersection(missing)


def test_the_first_rank_is_that_of_the_first_wanted_id() -> None:
    assert first_rank(["a", "b", "c"], {"c", "b"}) == 2
    assert first_rank(["a"], {"b"}) is None


def test_passages_that_share_a_title_are_documents_of_their_own(squad_file: Path) -> None:
    asked = load_set(SetKind.SQUAD, squad_file, [])
    assert asked.by_document
    assert [d.title for d in asked.documents] == ["보성 녹차"] * 2 + ["완도 전복"] * 2
    assert len({d.id for d in asked.documents}) == 4
    wanted = [q.documents for q in asked.questions]
    assert wanted == [(frozenset({d.id}),) for d in asked.documents]


def test_the_same_words_are_one_document_and_no_words_none() -> None:
    same = ("제목", "글은 하나다.")
    passages = (
        EvalPassage("a/1", *same),
        EvalPassage("b", "", " \n"),
        EvalPassage("c", *same),
        EvalPassage("d", "", "제목이 없는 글이다."),
    )
    documents = passage_documents(passages)
    assert set(documents) == {"a/1", "c", "d"}
    assert documents["a/1"].id == documents["c"].id
    assert documents["a/1"].title == "제목"
    assert "제목이 없는 글이다." in documents["d"].text


def test_a_part_and_a_number_of_questions(squad_file: Path) -> None:
    asked = load_set(SetKind.SQUAD, squad_file, [])
    assert [q.id for q in asked.at_most(2).questions] == ["q0", "q2"]
    assert [q.id for q in asked.at_most(3).questions] == ["q0", "q1", "q2"]
    assert asked.at_most(9) == asked.at_most(4) == asked == asked.of_split("test")
    with pytest.raises(InputError, match=r"'tune' 부분에 .* 있는 부분: test"):
        asked.of_split("tune")


def test_whitespace_words_are_taken_as_they_stand() -> None:
    text = "서울은 크다.\n\n부산은 Busan 이다.\n\n부산 부산 부산."
    document = load_bytes(f"# 도시\n\n{text}".encode(), "city.md")
    passages = [(document.title, p) for p in chunk(document)]
    bm25 = WhitespaceBm25(passages)
    assert bm25.search("서울이 큰가", 5) == []
    assert len(bm25.search("busan", 5)) == 1
    assert len(bm25.search("도시", 5)) == len(passages)


# Documents with tables


def test_only_the_named_part_changes() -> None:
    part, tydi = MarkedPart.named("gold"), MarkedPart.named("tydi")
    other = f"{tydi.begin}\n{tydi.end}"
    text = f"앞\n{part.begin}\n옛 표\n{part.end}\n가운데\n{other}\n뒤\n"
    once = part.put(text, "| 새 표 |")
    assert once == f"앞\n{part.begin}\n\n| 새 표 |\n\n{part.end}\n가운데\n{other}\n뒤\n"
    assert part.put(once, "| 새 표 |") == once
    with pytest.raises(InputError, match="넣을 자리") as refused:
        MarkedPart.named("beir").put(text, "표")
    assert "beir" in refused.value.remedy


def test_the_published_document_has_every_variant() -> None:
    text = (ROOT / "docs" / "ablation.md").read_text("utf-8")
    for kind in ("gold", "tydi"):
        part = MarkedPart.named(kind)
        part.put(text, "")
        table = text.partition(part.begin)[2].partition(part.end)[0]
        for variant in variants(reranker=False):
            assert re.search(rf"^\| (\*\*)?{re.escape(variant.label)}(\*\*)? \|", table, re.M)


# Whole runs


def test_our_questions_as_json(cli: RunCli, gold: Path) -> None:
    done = cli("eval", "ablate", "--set", str(gold), "--json")
    assert done.status == 0
    assert "질문…" in done.err
    found = json.loads(done.out)
    assert (found["kind"], found["title"], found["split"]) == ("gold", "gold.jsonl", None)
    assert (found["documents"], found["by_document"], found["reranker"]) == (2, False, None)
    assert found["question_ids"] == ["r001", "r003", "r025"]
    assert list(found["variants"]) == NAMES
    for figures in found["variants"].values():
        assert len(figures["first_ranks"]) == 3
        assert figures["hit1"]["estimate"] <= figures["hit5"]
        assert 0 < figures["ms50"] <= figures["ms95"]
    full = found["variants"][FULL]
    assert full["p_hit1"] is None
    # The ranks are those of ``eval run``, which searches its own index with the same retriever.
    rows = json.loads(cli("eval", "run", "--gold", str(gold), "--json").out)["rows"]
    assert full["first_ranks"] == [r["passage_rank"] for r in rows if r["answerable"]]
    assert found["variants"]["whitespace"]["mrr10"] < full["mrr10"]


def test_passages_are_judged_by_document_and_titles_matter(cli: RunCli, squad_file: Path) -> None:
    done = cli("eval", "ablate", "--set", str(squad_file), "--json")
    found = json.loads(done.out)
    assert (found["kind"], found["by_document"], found["documents"]) == ("squad", True, 4)
    ranks = {name: figures["first_ranks"] for name, figures in found["variants"].items()}
    assert ranks[FULL] == [1, 1, 1, 1]
    # Without titles nothing tells the two harvests apart.
    assert sorted([ranks["no_headings"][0], ranks["no_headings"][2]]) != [1, 1]


def test_the_table_is_shown_and_written(cli: RunCli, squad_file: Path, tmp_path: Path) -> None:
    page = tmp_path / "표.md"
    part = MarkedPart.named("squad")
    page.write_text(f"앞\n{part.begin}\n{part.end}\n뒤\n", encoding="utf-8")
    done = cli("eval", "ablate", "--set", str(squad_file), "--limit", "2", "--write", str(page))
    assert done.status == 0
    assert f"표를 썼습니다: {page}" in done.err
    assert "작은_질문.json: 질문 2개, 문서 4개, 단락 4개, 문서로 채점" in done.out
    assert re.search(r"^전체 +1\.000 +\[1\.000, 1\.000\]", done.out, re.MULTILINE)
    text = page.read_text("utf-8")
    assert text.startswith("앞\n")
    assert text.endswith("\n뒤\n")
    head, rule, *rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len(rows) == len(NAMES)
    assert {line.count("|") for line in (head, rule, *rows)} == {11}
    assert "| **전체** | 1.000 | [1.000, 1.000] |" in text


def test_the_reranker_is_part_of_the_whole(
    cli: RunCli, squad_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # It finds the passages about storms relevant to any question.
    monkeypatch.setattr("retriever.rerank.load_reranker", lambda *_, **__: Prefers("태풍"))
    done = cli("eval", "ablate", "--set", str(squad_file), "--reranker", "모델/낱말", "--json")
    found = json.loads(done.out)
    assert found["reranker"] == "낱말"
    figures = found["variants"]
    assert list(figures) == [*NAMES, "no_rerank"]
    assert figures["no_rerank"]["first_ranks"] == [1, 1, 1, 1]
    assert figures[FULL]["first_ranks"] != [1, 1, 1, 1]
    assert figures[FULL]["first_ranks"][3] == 1


def test_two_at_once_are_refused(cli: RunCli, squad_file: Path, data_dir: Path) -> None:
    home = data_dir / "eval" / "ablation"
    home.mkdir(parents=True, exist_ok=True)
    with FileLock(home / ".lock"):
        done = cli("eval", "ablate", "--set", str(squad_file))
    assert done.status == 1
    assert "다른 `geungeo eval ablate`가 실행 중입니다" in done.err


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--set", "없음.jsonl"], 1, "질문 세트가 없습니다: 없음.jsonl"),
        (["--kind", "csv"], 2, "모르는 형식입니다: csv"),
        (["--split", "dev"], 1, "있는 부분: test, tune"),
        (["--kind", "squad", "--documents", "."], 2, "--documents를 쓰지 않습니다"),
        (["--limit", "0"], 2, "--limit"),
        (["--write", "없음.md"], 1, "표를 쓸 문서가 없습니다: 없음.md"),
        (["--write", str(ROOT / "LICENSE")], 1, "문서에 표를 넣을 자리가 없습니다"),
        (["--reranker", "없는 모델"], 1, "재정렬 모델 '없는 모델'"),
    ],
)
def test_wrong_use_is_explained(cli: RunCli, arguments: list[str], status: int, said: str) -> None:
    done = cli("eval", "ablate", *arguments)
    assert (done.status, done.out) == (status, "")
    assert said in done.err
    assert "→" in done.err


def test_help_is_korean_and_has_examples(cli: RunCli) -> None:
    done = cli("eval", "ablate", "--help")
    assert done.out.startswith("사용법: geungeo eval ablate")
    assert "\n예:\n  geungeo eval ablate" in done.out
    assert not re.search(r"Usage|Options|default|required|Show", done.out)
