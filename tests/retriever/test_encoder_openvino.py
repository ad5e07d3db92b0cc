import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retriever.encoder import OpenVinoEncoder
from retriever.encoder_openvino import token_batches

REPOSITORY = Path(__file__).resolve().parents[2]
ODD_TEXTS = [
    "",
    " ",
    "\n\t\u3000",
    "\ufdfa",
    "\ufdfa" * 5000,
    "\ud800 홀로 선 대리 문자 \udfff",
    "\0\0",
    "끝\0",
    "😀👨‍👩‍👧‍👦🇰🇷",
    "ㅋㅋㅋㅎㅎ ㅠㅠ",
    "</s><s><mask><pad>",
    "가" * 1_000_000,
    " " * 1_000_000 + "뒤에 있는 글",
    "\u0301" * 3000,
    "\U0010ffff\ufeff\u202e",
]


# Vectors


def test_vectors_are_unit_rows_in_order(encoder: OpenVinoEncoder) -> None:
    texts = ["짧은 글", "긴 글 " * 100, "중간 길이의 글입니다 " * 5]

    together = encoder.encode_passages(texts)
    alone = np.concatenate([encoder.encode_passages([text]) for text in texts])

    assert together.shape == (3, 384)
    assert together.dtype == np.float32
    assert np.linalg.norm(together, axis=1) == pytest.approx(1.0, abs=1e-4)
    assert np.sum(together * alone, axis=1).min() > 0.999


def test_no_texts_give_no_rows(encoder: OpenVinoEncoder) -> None:
    assert encoder.encode_queries([]).shape == (0, 384)
    assert encoder.encode_passages([]).shape == (0, 384)


def test_a_question_finds_its_passage(encoder: OpenVinoEncoder) -> None:
    passages = encoder.encode_passages(
        [
            "정부는 반도체 산업에 26조 원을 지원하기로 했다.",
            "차세대 염기서열 분석으로 유전체를 한 달 안에 해독한다.",
            "청년 고용률이 두 달 연속 하락하였다.",
        ]
    )
    questions = encoder.encode_queries(
        ["반도체에 얼마를 지원하나요?", "NGS로 유전체 분석에 걸리는 시간은?", "젊은 층 일자리 상황"]
    )

    assert np.argmax(questions @ passages.T, axis=1).tolist() == [0, 1, 2]


def test_questions_and_passages_have_prompts_of_their_own(encoder: OpenVinoEncoder) -> None:
    question, passage = encoder.encode_queries(["예산"])[0], encoder.encode_passages(["예산"])[0]

    assert question @ passage < 0.999


@pytest.mark.parametrize("text", ODD_TEXTS, ids=lambda text: ascii(text[:12]))
def test_any_text_gives_a_finite_unit_vector(encoder: OpenVinoEncoder, text: str) -> None:
    vector = encoder.encode_queries([text])[0]

    assert np.isfinite(vector).all()
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-4)


@given(st.text(st.characters(), max_size=50))
def test_no_string_is_refused(encoder: OpenVinoEncoder, text: str) -> None:
    assert np.isfinite(encoder.encode_queries([text])).all()


def test_text_beyond_the_limit_is_cut_off(encoder: OpenVinoEncoder) -> None:
    text = "인공지능 산업의 현황과 전망 " * 200

    long, longer = encoder.encode_passages([text, text + "전혀 다른 뒷부분" * 50])

    assert long @ longer > 0.9999


def test_progress_counts_the_passages_done(encoder: OpenVinoEncoder) -> None:
    seen: list[int] = []

    encoder.encode_passages(["글 " * length for length in range(1, 60)], progress=seen.append)

    assert seen == sorted(seen)
    assert len(seen) > 1
    assert seen[-1] == 59


def test_sixteen_threads_get_what_one_gets(encoder: OpenVinoEncoder) -> None:
    texts = [f"{number}번째 질문은 {'조금 더 ' * (number % 7)}깁니다" for number in range(200)]
    one_by_one = [encoder.encode_queries([text])[0] for text in texts]

    with ThreadPoolExecutor(16) as pool:
        at_once = list(pool.map(lambda text: encoder.encode_queries([text])[0], texts))

    assert np.array_equal(np.array(one_by_one), np.array(at_once))


# Vectors of tokens


def test_a_text_and_its_tokens(encoder: OpenVinoEncoder) -> None:
    found = encoder.embed_query("반도체에 얼마를 지원하나요?")

    assert found.vector.dtype == found.tokens.dtype == np.float32
    assert np.array_equal(found.vector, encoder.encode_queries(["반도체에 얼마를 지원하나요?"])[0])
    assert found.tokens.shape[1] == 384
    assert len(found.tokens) > 3
    assert np.linalg.norm(found.tokens, axis=1) == pytest.approx(1.0, abs=1e-5)


def test_the_tokens_of_the_prompt_and_of_punctuation_are_left_out(
    encoder: OpenVinoEncoder,
) -> None:
    bare, marked = encoder.embed_passages(["예산", "「예산」!?"])

    assert len(bare.tokens) == len(marked.tokens) == len(encoder.embed_query("예산").tokens)
    assert len(bare.tokens) in (1, 2), "the word alone, without <s>, passage, : and </s>"


def test_punctuation_alone_keeps_its_tokens(encoder: OpenVinoEncoder) -> None:
    assert len(encoder.embed_query("?!").tokens) > 0


@pytest.mark.parametrize("text", ["", " ", "\n\t\u3000"])
def test_nothing_has_no_tokens(encoder: OpenVinoEncoder, text: str) -> None:
    for found in (encoder.embed_query(text), *encoder.embed_passages([text])):
        assert found.tokens.shape == (0, 384)
        assert np.linalg.norm(found.vector) == pytest.approx(1.0, abs=1e-4)


@pytest.mark.parametrize("text", ODD_TEXTS, ids=lambda text: ascii(text[:12]))
def test_any_text_gives_finite_token_vectors(encoder: OpenVinoEncoder, text: str) -> None:
    found = encoder.embed_passages([text])[0]

    assert len(found.tokens) < 512
    assert np.linalg.norm(found.tokens, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert np.array_equal(found.vector, encoder.encode_passages([text])[0])


def test_a_letter_that_the_tokenizer_spells_out_keeps_its_words(encoder: OpenVinoEncoder) -> None:
    assert len(encoder.embed_query("\ufdfa").tokens) >= 4


def test_many_passages_come_in_order_with_tokens_of_their_own(encoder: OpenVinoEncoder) -> None:
    texts = [f"{number}번 과제 " + "인공지능 예산 " * (number * 7 % 60) for number in range(100)]

    together = encoder.embed_passages(texts)

    vectors = np.array([found.vector for found in together])
    assert np.sum(vectors * encoder.encode_passages(texts), axis=1).min() > 0.999
    for text, found in list(zip(texts, together, strict=True))[::9]:
        alone = encoder.embed_passages([text])[0].tokens
        assert found.tokens.shape == alone.shape
        assert np.sum(found.tokens * alone, axis=1).mean() > 0.99
    assert encoder.embed_passages([]) == []


def test_sixteen_threads_get_the_tokens_that_one_gets(encoder: OpenVinoEncoder) -> None:
    texts = [f"{number}번째 질문은 {'조금 더 ' * (number % 7)}깁니다" for number in range(100)]
    one_by_one = [encoder.embed_query(text).tokens for text in texts]

    with ThreadPoolExecutor(16) as pool:
        at_once = list(pool.map(lambda text: encoder.embed_query(text).tokens, texts))

    assert all(map(np.array_equal, one_by_one, at_once))


# What the fast path leaves out

QUIET = """
import sys
from pathlib import Path
from retriever.encoder import load_encoder
load_encoder(None, Path(sys.argv[1])).encode_queries(["질문"])
heavy = {"torch", "transformers", "sentence_transformers", "openvino_telemetry.main"}
print(sorted(heavy & set(sys.modules)))
"""


def test_the_fast_path_is_light_and_silent_and_reports_to_nobody(
    encoder: OpenVinoEncoder, models_dir: Path, tmp_path: Path
) -> None:
    ended = subprocess.run(
        [sys.executable, "-W", "error", "-c", QUIET, models_dir],
        cwd=REPOSITORY,
        env={**os.environ, "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )

    assert ended.stdout == "[]\n"
    assert ended.stderr == ""
    assert list(tmp_path.iterdir()) == [], "telemetry writes an identifier into the home folder"


FIRST = """
import sys, threading
from pathlib import Path
from retriever.encoder import load_encoder
encoder = load_encoder(None, Path(sys.argv[1]))
together = threading.Barrier(8)
def ask():
    together.wait()
    encoder.encode_queries(["첫 질문"])
threads = [threading.Thread(target=ask) for _ in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""


def test_the_first_inferences_of_a_process_may_come_at_once(
    encoder: OpenVinoEncoder, models_dir: Path
) -> None:
    """Without care for the bindings' own first use, one process in four hangs."""
    for _ in range(3):
        subprocess.run(
            [sys.executable, "-c", FIRST, models_dir], cwd=REPOSITORY, timeout=60, check=True
        )


# Batches


@given(st.lists(st.integers(1, 512), max_size=60))
def test_batches_hold_every_text_once_within_the_budget(lengths: list[int]) -> None:
    batches = list(token_batches(lengths, 512))

    assert sorted(row for rows in batches for row in rows) == list(range(len(lengths)))
    for rows in batches:
        assert len(rows) * max(lengths[row] for row in rows) <= 512
