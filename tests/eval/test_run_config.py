from pathlib import Path

import pytest

from eval.gold_set import DEFAULT_GOLD
from eval.run_config import RunConfig, load_run_config
from ingest.errors import InputError


def written(folder: Path, text: str) -> Path:
    path = folder / "실행.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_the_defaults_hold() -> None:
    assert load_run_config(None, {}) == RunConfig()
    assert RunConfig().gold == DEFAULT_GOLD


def test_paths_start_at_the_folder_of_the_file(tmp_path: Path) -> None:
    text = 'gold = "질문.jsonl"\ndocuments = ["글", "/절대"]\ntop_k = 12\nsplit = "tune"\n'
    config = load_run_config(written(tmp_path, text), {})
    assert config.gold == tmp_path / "질문.jsonl"
    assert config.documents == (tmp_path / "글", Path("/절대"))
    assert (config.top_k, config.split) == (12, "tune")


def test_the_command_line_goes_before_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, 'split = "tune"\ntop_k = 3\n')
    config = load_run_config(path, {"split": "test", "gold": Path("a.jsonl"), "url": None})
    assert (config.split, config.gold, config.top_k) == ("test", Path("a.jsonl"), 3)


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("topk = 3", "unknown_setting", "알 수 없는 항목이 있습니다: topk"),
        ("top_k = 0", "bad_setting", "top_k의 값을 쓸 수 없습니다: 1 이상"),
        ("top_k = 'x'", "bad_setting", "top_k"),
        ("split = 'dev'", "bad_setting", "'tune', 'test' 가운데 하나"),
        ("url = 'ftp://x'", "bad_setting", "url"),
        ("url = 'http://x'\ndocuments = ['a']", "bad_setting", "그 서비스가 정합니다"),
        ("top_k = 1\n= 2", "bad_setting", "2번째 줄"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, code: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        load_run_config(written(tmp_path, text), {})
    assert caught.value.code == code
    assert said in caught.value.message
    assert caught.value.remedy


def test_a_near_miss_is_suggested(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_run_config(written(tmp_path, "topk = 3"), {})
    assert "'top_k'" in caught.value.remedy


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="파일이 없습니다"):
        load_run_config(tmp_path / "없음.toml", {})
    path = tmp_path / "cp949.toml"
    path.write_bytes('gold = "질문"'.encode("cp949"))
    with pytest.raises(InputError, match="UTF-8"):
        load_run_config(path, {})
