"""How a run is set up: which questions are asked of what."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from eval.gold_set import DEFAULT_GOLD
from eval.toml_file import checked, read_toml

HttpUrl = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]+\S*$")]
_COMMAND_LINE = "명령줄"
_MOST_PASSAGES = 50


class RunConfig(BaseModel):
    """The settings of one run; a run without a file has the defaults.

    Attributes:
        gold: the gold set, JSONL.
        split: ask only the questions of this part; all where None.
        documents: files and folders to index; the corpus folder of the service where empty.
        embedding_model: folder or name; the service's setting where None.
        top_k: passages that the answerer looks at.
        url: ask the service behind it instead of searching in this process.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    gold: Path = DEFAULT_GOLD
    split: Literal["tune", "test"] | None = None
    documents: tuple[Path, ...] = ()
    embedding_model: str | None = None
    top_k: int = Field(default=8, ge=1, le=_MOST_PASSAGES)
    url: HttpUrl | None = None

    @model_validator(mode="after")
    def _one_home(self) -> Self:
        if self.url and (self.documents or self.embedding_model):
            raise ValueError("url을 쓰면 documents와 embedding_model은 그 서비스가 정합니다")
        return self


def load_run_config(path: Path | None, overrides: Mapping[str, Any]) -> RunConfig:
    """Return the settings of a file, or the defaults, with those of the command line over them.

    Args:
        path: TOML file; relative paths in it start at its folder.
        overrides: by field name; None where the command line says nothing.

    Raises:
        NotFoundError: ``file_not_found``.
        InputError: ``unknown_setting`` or ``bad_setting``.
    """
    config = _at_home(read_toml(path, RunConfig), path.parent) if path else RunConfig()
    given = {name: value for name, value in overrides.items() if value is not None}
    merged = config.model_dump(exclude_unset=True) | given
    return checked(merged, RunConfig, _COMMAND_LINE)


def _at_home(config: RunConfig, home: Path) -> RunConfig:
    given = config.model_dump(exclude_unset=True)
    if "gold" in given:
        given["gold"] = home / config.gold.expanduser()
    if "documents" in given:
        given["documents"] = tuple(home / path.expanduser() for path in config.documents)
    return RunConfig(**given)
