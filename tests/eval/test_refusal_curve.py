"""``geungeo eval refusal``: questions asked with and without their passages, and the figures."""

import json
from pathlib import Path

import pytest

from eval.metrics.refusal import roc_curve
from eval.refusal_curve.measure import Asked, area_interval, measured
from eval.refusal_curve.questions import curve_set
from ingest.errors import InputError
from tests.eval.conftest import RunCli

PARAGRAPHS = {
    "보성 녹차": ("보성 녹차의 수확은 4월 20일에 시작한다.", "보성 녹차 수확은 언제?", "4월 20일"),
    "완도 전복": ("완도 전복은 모두 312곳에서 기른다.", "완도 전복은 몇 곳에서?", "312곳"),
    "남해 마늘": ("남해 마늘을 들여온 사람은 정약전이다.", "남해 마늘을 들인 사람은?", "정약전"),
    # Repeats the answer of the first, so it is taken out with it.
    "보성 축제": ("보성 녹차 축제도 4월 20일에 열린다.", "보성 축제는 언제?", "4월 20일"),
}


@pytest.fixture
def squad(tmp_path: Path) -> Path:
    articles = [
        {
            "title": title,
            "paragraphs": [
                {
                    "context": text,
                    "qas": [
                        {
                            "id": f"q{place}",
                            "question": question,
                            "answers": [{"text": answer, "answer_start": text.index(answer)}],
                        }
                    ],
                }
            ],
        }
        for place, (title, (text, question, answer)) in enumerate(PARAGRAPHS.items())
    ]
    file = tmp_path / "질문.json"
    file.write_text(json.dumps({"data": articles}, ensure_ascii=False), encoding="utf-8")
    return file


def test_each_question_is_asked_whole_and_without_what_answers_it(squad: Path) -> None:
    made = curve_set(squad, (), None, None)
    titles = {document.id: document.text.splitlines()[0].strip("# ") for document in made.documents}
    assert len(made.documents) == 4
    assert [q.answerable for q in made.questions] == [True, False] * 4
    whole, without = made.questions[:2]
    assert whole.text == without.text
    assert whole.document_ids == ()
    assert {titles[i] for i in without.document_ids} == {"완도 전복", "남해 마늘"}


def test_a_limit_keeps_the_pairs(squad: Path) -> None:
    made = curve_set(squad, (), None, 2)
    assert [q.id for q in made.questions] == ["q0", "q0-", "q2", "q2-"]
    with pytest.raises(InputError):
        curve_set(squad, (), "없는 부분", None)


def test_the_area_and_its_interval() -> None:
    # Of the four pairs, the answerable question lies above in three and level in none: .75.
    scores, answerable = [0.9, 0.4, 0.6, 0.1], [True, True, False, False]
    area = roc_curve(scores, answerable).area
    assert area == 0.75
    found = area_interval(scores, answerable, area)
    assert (found.low, found.high) == (0.5, 1.0) or found.low < area < found.high
    apart = area_interval([0.9, 0.8, 0.2, 0.1], answerable, 1.0)
    assert (apart.low, apart.estimate, apart.high) == (1.0, 1.0, 1.0)


def test_refusals_are_counted_by_their_reason() -> None:
    asked = [
        Asked("a", True, 0.9, None),
        Asked("b", True, 0.3, "not_in_corpus"),
        Asked("c", False, 0.6, "other_year"),
        Asked("d", False, 0.7, None),
    ]
    found = measured(asked)
    assert (found.scores.precision, found.scores.recall) == (0.5, 0.5)
    assert found.scores.answerable_refused == 0.5
    assert sum(held.count for held in found.bins) == 4


def test_the_command_measures_a_set(cli: RunCli, data_dir: Path, squad: Path) -> None:
    done = cli("eval", "refusal", "--set", str(squad), "--json")
    assert done.status == 0, done.err
    found = json.loads(done.out)
    assert len(found["questions"]) == 8
    assert 0.5 <= found["roc_auc"]["estimate"] <= 1
    first, last = found["curve"][0], found["curve"][-1]
    assert (first["true_positive_rate"], last["true_positive_rate"]) == (0, 1)
    confidence = {one["id"]: one["confidence"] for one in found["questions"]}
    assert confidence["q2"] > confidence["q2-"]
