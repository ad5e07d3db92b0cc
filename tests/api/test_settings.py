"""Settings: where values come from, and what stops start-up."""

from pathlib import Path

import pytest

from api.settings import repository_root, variable_names
from api.settings_loading import describe, load_settings
from ingest.errors import InputError


def test_defaults_lie_in_the_repository() -> None:
    settings = load_settings()
    root = repository_root()
    assert root is not None
    assert settings.data_dir == root / ".geungeo"
    assert settings.corpus_dir == root / "corpus"
    assert 1 <= settings.threads <= 4


def test_without_a_repository_the_users_data_folder_is_used(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("api.settings.repository_root", lambda: None)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("HOME", str(tmp_path))
    settings = load_settings()
    assert settings.data_dir.name == "geungeo"
    assert settings.data_dir.is_relative_to(tmp_path)
    assert settings.corpus_dir == tmp_path / "corpus"


def test_the_environment_comes_before_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = "\ufeffGEUNGEO_PORT=9001\nGEUNGEO_HOST=127.0.0.2\nGEUNGEO_LOG_LEVEL=\nOTHER=1\n"
    (tmp_path / ".env").write_text(text, encoding="utf-8")
    monkeypatch.setenv("GEUNGEO_PORT", "9002")
    monkeypatch.setenv("GEUNGEO_THREADS", "")
    settings = load_settings()
    assert (settings.port, settings.host, settings.log_level) == (9002, "127.0.0.2", "info")
    sources = {line.variable: line.source for line in describe(settings)}
    assert sources["GEUNGEO_PORT"] == "환경 변수"
    assert sources["GEUNGEO_HOST"] == ".env"
    assert sources["GEUNGEO_LOG_LEVEL"] == sources["GEUNGEO_THREADS"] == "기본값"


def test_folders_are_made_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GEUNGEO_DATA_DIR", "~/자료")
    monkeypatch.setenv("GEUNGEO_CORPUS_DIR", "보고서")
    settings = load_settings()
    assert settings.data_dir == tmp_path / "home" / "자료"
    assert settings.corpus_dir == tmp_path / "보고서"


def test_an_unknown_setting_is_named_with_the_nearest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEUNGEO_DATADIR", "/tmp")
    with pytest.raises(InputError) as caught:
        load_settings()
    assert caught.value.code == "unknown_setting"
    assert "GEUNGEO_DATADIR" in caught.value.message
    assert "GEUNGEO_DATA_DIR" in caught.value.remedy


def test_an_unknown_setting_in_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("geungeo_colour=red\n", encoding="utf-8")
    with pytest.raises(InputError, match="GEUNGEO_COLOUR"):
        load_settings()


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("GEUNGEO_PORT", "많음", "정수여야 합니다"),
        ("GEUNGEO_PORT", "70000", "65535 이하여야 합니다"),
        ("GEUNGEO_THREADS", "0", "1 이상이어야 합니다"),
        ("GEUNGEO_INGEST_WAIT_SECONDS", "inf", "유한한 숫자여야 합니다"),
        ("GEUNGEO_LOG_LEVEL", "loud", "'error' 가운데 하나여야 합니다"),
    ],
)
def test_a_bad_value_is_explained(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, reason: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InputError) as caught:
        load_settings()
    assert caught.value.code == "bad_setting"
    assert name in caught.value.message
    assert value in caught.value.message
    assert reason in caught.value.message


def test_a_file_in_another_encoding_is_explained(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("GEUNGEO_HOST=한글".encode("cp949"))
    with pytest.raises(InputError) as caught:
        load_settings()
    assert caught.value.code == "bad_setting"


def test_every_setting_is_described() -> None:
    lines = describe(load_settings())
    assert tuple(line.variable for line in lines) == variable_names()
    assert all(line.description.endswith(".") for line in lines)


@pytest.mark.parametrize("place", ["파일", "파일/안", "가" * 300])
def test_a_data_folder_that_cannot_be_one_is_named(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "파일").write_text("", encoding="utf-8")
    monkeypatch.setenv("GEUNGEO_DATA_DIR", str(tmp_path / place))
    with pytest.raises(InputError) as caught:
        load_settings()
    assert caught.value.code == "bad_setting"
    assert str(tmp_path / place) in caught.value.message
    assert "GEUNGEO_DATA_DIR" in caught.value.message


def test_a_folder_in_the_place_of_the_file_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").mkdir()
    with pytest.raises(InputError) as caught:
        load_settings()
    assert caught.value.code == "bad_setting"
    assert str(tmp_path / ".env") in caught.value.message
