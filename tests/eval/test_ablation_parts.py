"""The parts of ``geungeo eval ablate``: variants, figures by hand, and what is remembered."""

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from eval.ablation.measure import Found, all_figures, search_all
from eval.ablation.remembering import (
    Memory,
    RememberingEncoder,
    RememberingReranker,
    RememberingTokens,
)
from eval.ablation.variant import FULL, variants
from retriever.encoder import OpenVinoEncoder
from retriever.fusion import WEIGHTS
from retriever.late_interaction import LateMatch, TokenIndex
from retriever.search_options import Fusion
from retriever.token_codes import TokenCodes
from tests.eval.prefers import Prefers

NAMES = [variant.name for variant in variants(reranker=False)]


def ticking(*seconds: float) -> Callable[[], float]:
    """A clock that moves on by each of ``seconds``, then stands."""
    moments: Iterator[float] = iter(np.cumsum(seconds).tolist())
    last = 0.0

    def now() -> float:
        nonlocal last
        last = next(moments, last)
        return last

    return now


# Variants


def test_each_variant_without_a_signal_keeps_all_others() -> None:
    by_name = {variant.name: variant for variant in variants(reranker=False)}
    full = by_name[FULL].options
    assert full is not None
    assert dict(full.weights) == dict(WEIGHTS)
    left_out = set()
    names = ("morpheme", "bigram", "late", "answer_form", "dense", "coverage")
    for name in (f"no_{signal}" for signal in names):
        options = by_name[name].options
        assert options is not None
        missing = set(WEIGHTS) - set(options.weights)
        assert {n: WEIGHTS[n] for n in options.weights} == dict(options.weights)
        assert missing
        left_out |= missing
    assert left_out == set(WEIGHTS)
    assert not by_name["no_headings"].headings
    assert [v.name for v in by_name.values() if v.options and not v.options.repair] == ["no_repair"]
    assert [v.name for v in by_name.values() if v.options and not v.options.expand] == ["no_expand"]
    ranked = [v for v in by_name.values() if v.options and v.options.fusion is Fusion.RANK]
    assert [set(v.options.weights) for v in ranked if v.options] == [
        {"morpheme", "dense"},
        set(WEIGHTS),
    ]


def test_the_variant_without_the_reranker_needs_one() -> None:
    with_one = variants(reranker=True)
    assert [v.name for v in with_one] == [*NAMES, "no_rerank"]
    assert [v.reranked for v in with_one if v.name in {FULL, "no_late", "no_rerank", "dense"}] == [
        False,
        True,
        True,
        False,
    ]
    assert len({v.label for v in with_one}) == len(with_one)


# Measuring


def test_figures_by_hand() -> None:
    # Wanted: a; b and c; d. The full variant is right at 1, at 2 and 3, and never.
    wanted = [[{"a"}], [{"b"}, {"c"}], [{"d"}]]
    full = Found((("a", "x"), ("x", "b", "c"), ("x",)), (10.0, 20.0, 30.0))
    other = Found((("x", "a"), ("b",), ("d",)), (1.0, 2.0, 3.0))
    figures = all_figures({FULL: full, "other": other}, wanted, FULL)
    ours, theirs = figures[FULL], figures["other"]
    assert ours.hit1.estimate == pytest.approx(1 / 3)
    assert ours.hit5 == pytest.approx(2 / 3)
    assert 0 <= ours.hit1.low <= ours.hit1.estimate <= ours.hit1.high <= 1
    assert ours.mrr10 == pytest.approx((1 + 1 / 2) / 3)
    best = 1 + 1 / math.log2(3)
    assert ours.ndcg10 == pytest.approx((1 + (1 / math.log2(3) + 1 / 2) / best) / 3)
    assert ours.recall5 == pytest.approx((1 + 1) / 3)
    assert theirs.recall5 == pytest.approx((1 + 1 / 2 + 1) / 3)
    assert ours.p_hit1 is None
    # One question only the full variant got right, two only the other one: 2 * (1 + 3) / 2^3.
    assert theirs.p_hit1 == 1.0
    assert (ours.ms50, ours.ms95) == (20.0, 30.0)
    assert (ours.first_ranks, theirs.first_ranks) == ((1, 2, None), (2, 1, 1))


def test_the_chance_of_a_lasting_difference_is_small() -> None:
    wanted = [[{"a"}]] * 10
    right, wrong = Found((("a",),) * 10, (1.0,) * 10), Found((("b",),) * 10, (1.0,) * 10)
    figures = all_figures({FULL: right, "other": wrong}, wanted, FULL)
    assert figures["other"].p_hit1 == pytest.approx(2 / 2**10)


def test_variants_take_turns_and_get_the_spared_time_back() -> None:
    asked: list[str] = []
    spared = iter([0.0, 0.0, 0.0, 0.5, 0.5, 0.5, 0.5, 0.5])

    def search(name: str) -> Callable[[str], Sequence[str]]:
        def find(text: str) -> Sequence[str]:
            asked.append(f"{name}{text}")
            return [f"{name}{text}"]

        return find

    # Each search takes a second more than the one before; nothing passes between them.
    clock = ticking(0, 1, 0, 2, 0, 3, 0, 4)
    told: list[int] = []
    found = search_all(
        {"a": search("a"), "b": search("b")},
        ["1", "2"],
        lambda: next(spared),
        lambda _stage, done, _total: told.append(done),
        clock,
    )
    assert asked[2:] == ["a1", "b1", "b2", "a2"]  # behind one each that is not measured
    assert found["a"] == Found((("a1",), ("a2",)), (1000.0, 4000.0))
    assert found["b"] == Found((("b1",), ("b2",)), (2500.0, 3000.0))
    assert told == [0, 1, 2]


# Remembering


def test_what_is_known_is_not_worked_out_again_and_its_time_counted() -> None:
    memory: Memory[str] = Memory(ticking(0, 3, 0, 2))
    asked: list[list[int]] = []

    def compute(missing: list[int]) -> list[str]:
        asked.append(missing)
        return [f"값{place}" for place in missing]

    assert memory.values(["가", "나", "다"], compute) == ["값0", "값1", "값2"]
    assert memory.spared_seconds == 0
    assert memory.values(["나", "라", "가"], compute) == ["값1", "값1", "값0"]
    assert memory.spared_seconds == pytest.approx(1 + 1)
    assert memory.values(["라"], compute) == ["값1"]
    assert memory.spared_seconds == pytest.approx(1 + 1 + 2)
    assert asked == [[0, 1, 2], [1]]


def test_what_many_questions_ago_was_worked_out_is_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("eval.ablation.remembering._MOST_KNOWN", 1)
    memory: Memory[str] = Memory(ticking())
    asked: list[str] = []

    def value(key: str) -> str:
        def compute(_missing: list[int]) -> list[str]:
            asked.append(key)
            return [key]

        return memory.values([key], compute)[0]

    assert [value(key) for key in "가나나다다가"] == list("가나나다다가")
    assert asked == ["가", "나", "다", "가"]  # two are held; the third makes both go


def test_sentences_are_compared_once_and_give_the_same() -> None:
    generator = np.random.default_rng(1)
    sentences = [TokenCodes.of(unit(generator, n)) for n in (3, 1, 4)]
    tokens = TokenIndex.of(sentences)
    memory: Memory[list[LateMatch]] = Memory(ticking(0, 1))
    shared = RememberingTokens(tokens.starts, tokens.codes, tokens.scales, memory)
    query = unit(generator, 2)
    for _ in range(2):
        for ours, theirs in zip(
            shared.matches(query, [(0, 2), (2, 3)]),
            tokens.matches(query, [(0, 2), (2, 3)]),
            strict=True,
        ):
            assert ours.score == theirs.score
            np.testing.assert_array_equal(ours.sentences, theirs.sentences)
    assert memory.spared_seconds == 1
    assert len(shared.matches(query, [(0, 1)])) == 1


def unit(generator: np.random.Generator, rows: int) -> NDArray[np.float32]:
    """Rows of length 1."""
    drawn = generator.standard_normal((rows, 384)).astype(np.float32)
    rows_of_one: NDArray[np.float32] = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return rows_of_one


def test_a_question_is_embedded_once(encoder: OpenVinoEncoder) -> None:
    remembering = RememberingEncoder(encoder, ticking(0, 1))
    first, again = (remembering.embed_query("대전의 바이오기업 수는?") for _ in range(2))
    assert again is first
    assert remembering.memory.spared_seconds == 1
    direct = encoder.embed_query("대전의 바이오기업 수는?")
    np.testing.assert_allclose(first.vector, direct.vector, atol=1e-5)
    np.testing.assert_array_equal(
        remembering.encode_queries(["가"]), encoder.encode_queries(["가"])
    )
    assert remembering.fingerprint == encoder.fingerprint


def test_a_passage_is_read_once_for_a_question() -> None:
    reranker = Prefers("꿀")
    remembering = RememberingReranker(reranker)
    assert remembering.scores("질문", ["꿀", "차"]).tolist() == pytest.approx([0.9, 0.1])
    assert remembering.scores("질문", ["차", "벌", "꿀"]).tolist() == pytest.approx([0.1, 0.1, 0.9])
    assert remembering.scores("다른 질문", ["꿀"]).tolist() == pytest.approx([0.9])
    assert reranker.read == ["질문|꿀", "질문|차", "질문|벌", "다른 질문|꿀"]
    assert remembering.name == "모델/낱말"
    assert remembering.scores("질문", []).shape == (0,)
