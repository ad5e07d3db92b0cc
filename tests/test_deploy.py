"""The files in docs/deploy name settings, commands, packages and paths that exist.

Nothing here needs a container engine: what the files say is read and held against the code.
"""

import configparser
import json
import re
import shlex
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import typer.main
import yaml

from api.cli import app as cli
from api.commands import serve
from api.settings import variable_names
from api.settings_loading import load_settings

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "docs" / "deploy"
SETTING = re.compile(r"GEUNGEO_[A-Z_]+")


def text(name: str) -> str:
    return (DEPLOY / name).read_text(encoding="utf-8")


def dockerfile() -> list[tuple[str, str]]:
    """Return the instructions with their arguments, continued lines joined."""
    joined = re.sub(r"\\\n\s*", "", re.sub(r"^#.*\n", "", text("Dockerfile"), flags=re.MULTILINE))
    lines = [line.split(maxsplit=1) for line in joined.splitlines() if line.strip()]
    return [(name, rest) for name, rest in lines]


def arguments(instruction: str) -> list[str]:
    return [rest for name, rest in dockerfile() if name == instruction]


def final_stage() -> list[tuple[str, str]]:
    steps = dockerfile()
    start = max(number for number, (name, _) in enumerate(steps) if name == "FROM")
    return steps[start:]


def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def compose() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(text("compose.yaml"))
    return content


def unit() -> configparser.ConfigParser:
    # Keys such as Environment may stand more than once, which only systemd's own reader allows.
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(text("geungeo.service"))
    return parser


def parsed_options(command: list[str]) -> dict[str, Any]:
    """Return what our own command line makes of a command after ``geungeo``."""
    current: Any = typer.main.get_command(cli)
    words = list(command)
    while getattr(current, "commands", None):
        current = current.commands[words.pop(0)]
    values: dict[str, Any] = current.make_context("geungeo", words).params
    return values


def test_the_image_has_a_python_that_the_package_allows_and_no_moving_tag() -> None:
    images = [rest.split()[0] for rest in arguments("FROM")]
    assert len(set(images)) == 1
    version = re.fullmatch(r"python:(\d+)\.(\d+)\.\d+-slim-[a-z]+", images[0])
    assert version is not None
    lowest = re.fullmatch(r">=(\d+)\.(\d+)", pyproject()["project"]["requires-python"])
    assert lowest is not None
    assert tuple(map(int, version.groups())) >= tuple(map(int, lowest.groups()))


def test_the_image_installs_what_the_makefile_installs() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    torch = re.search(r"^TORCH := (\S+)$", makefile, re.MULTILINE)
    assert torch is not None
    assert f'TORCH="{torch.group(1)}"' in arguments("ARG")
    assert torch.group(1) in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    installs = [rest for rest in arguments("RUN") if " install --constraint " in rest]
    assert [rest.split()[-1] for rest in installs] == ['"$TORCH"', "."]


def test_the_image_copies_every_package_and_the_build_can_see_it() -> None:
    found = pyproject()["tool"]["setuptools"]["packages"]["find"]["include"]
    packages = {pattern.rstrip("*") for pattern in found}
    copied = {rest.split()[-1] for rest in arguments("COPY") if not rest.startswith("--from")}
    assert packages <= copied
    let_in = set(re.findall(r"^!(\S+)$", text("Dockerfile.dockerignore"), re.MULTILINE))
    sources = [rest.split()[:-1] for rest in arguments("COPY") if not rest.startswith("--from")]
    named = {name for group in sources for name in group}
    assert named == let_in
    assert all((ROOT / name).exists() for name in named)


def test_the_image_runs_unprivileged_and_brings_no_installer() -> None:
    last = final_stage()
    user = next(rest for name, rest in last if name == "USER")
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)
    assert [name for name, _ in last].index("USER") < [name for name, _ in last].index("CMD")
    runs = " ".join(rest for name, rest in last if name == "RUN")
    assert re.search(r"pip uninstall .*\bpip setuptools wheel\b", runs)
    assert " install " not in runs.replace("install --directory", "")
    assert f"--uid {user.split(':')[0]} " in runs


def test_the_image_serves_where_it_says() -> None:
    command = json.loads(arguments("CMD")[0])
    assert command[0] in pyproject()["project"]["scripts"]
    options = parsed_options(command[1:])
    assert arguments("EXPOSE") == [str(options["port"])]
    assert options["host"] == "0.0.0.0"
    assert not options["allow_remote"], "without keys the container must refuse to start"
    settings = dict(re.findall(r"(GEUNGEO_[A-Z_]+)=(\S+)", " ".join(arguments("ENV"))))
    assert arguments("VOLUME") == [settings["GEUNGEO_DATA_DIR"]]
    assert f"corpus {settings['GEUNGEO_CORPUS_DIR']}" in arguments("COPY")


class _Ready(BaseHTTPRequestHandler):
    status = 200

    def do_GET(self) -> None:
        self.send_response(self.status if self.path == "/readyz" else 404)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


@pytest.fixture
def ready_server() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), _Ready)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def health_scripts() -> dict[str, str]:
    _, _, probe = arguments("HEALTHCHECK")[0].partition("CMD ")
    in_image = json.loads(probe)
    in_compose = compose()["services"]["geungeo"]["healthcheck"]["test"]
    assert in_image[:2] == ["python", "-c"]
    assert in_compose[:3] == ["CMD", "python", "-c"]
    return {"image": in_image[2], "compose": in_compose[3]}


@pytest.mark.parametrize("place", ["image", "compose"])
def test_the_health_check_tells_ready_from_not(
    place: str, ready_server: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = json.loads(arguments("CMD")[0])[-1]
    script = health_scripts()[place].replace(f":{port}/", f":{ready_server.server_port}/")
    # A proxy of the host's must not be asked for what is in the same container.
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")

    def status() -> int:
        command = [sys.executable, "-c", script]
        return subprocess.run(command, check=False, capture_output=True).returncode

    assert status() == 0
    monkeypatch.setattr(_Ready, "status", 503)
    assert status() != 0


def test_every_composed_service_is_confined_and_watched() -> None:
    services = compose()["services"]
    assert set(services) == {"geungeo", "llm", "prometheus"}
    for name, service in services.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert service["restart"] == "unless-stopped", name
        assert service["mem_limit"], name
        assert service["healthcheck"]["test"][0] == "CMD", name
        # Whatever is published, only this computer reaches it unless somebody changes that.
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", [])), name
        if "build" not in service:
            assert re.search(r":[a-z]*-?[bv]\d[\d.]*$", service["image"]), f"{name} is not pinned"
    assert "profiles" not in services["geungeo"]
    assert all(services[name]["profiles"] for name in ("llm", "prometheus"))


def test_the_composed_service_is_the_image() -> None:
    service = compose()["services"]["geungeo"]
    context = (DEPLOY / service["build"]["context"]).resolve()
    assert context == ROOT
    assert (context / service["build"]["dockerfile"]).is_file()
    assert set(service["build"]["args"]) <= {rest.partition("=")[0] for rest in arguments("ARG")}
    exposed = arguments("EXPOSE")[0]
    assert [port.rpartition(":")[2] for port in service["ports"]] == [exposed]
    volumes = dict(mount.split(":")[:2] for mount in service["volumes"])
    assert set(volumes) <= set(compose()["volumes"])
    assert arguments("VOLUME") == list(volumes.values())
    grace = int(service["stop_grace_period"].removesuffix("s"))
    assert grace > serve._GRACE_SECONDS


def test_prometheus_asks_the_service_with_the_mounted_key() -> None:
    job = yaml.safe_load(text("prometheus.yml"))["scrape_configs"][0]
    mounts = dict(mount.split(":")[:2] for mount in compose()["services"]["prometheus"]["volumes"])
    assert job["authorization"]["credentials_file"] == mounts["./prometheus.key"]
    assert "./prometheus.yml" in mounts
    assert job["static_configs"][0]["targets"] == [f"geungeo:{arguments('EXPOSE')[0]}"]
    assert f"## `GET {job['metrics_path']}`" in (ROOT / "docs" / "http.md").read_text(
        encoding="utf-8"
    )


def test_the_example_of_settings_can_be_read_with_every_line_in_use(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in variable_names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GEUNGEO_DATA_DIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    file = tmp_path / ".env"
    lines = text("geungeo.env.example").splitlines()
    file.write_text("\n".join(line.removeprefix("#") for line in lines if "=" in line), "utf-8")
    settings = load_settings()
    assert len(settings.key_file().listed()) == 1
    llm = compose()["services"]["llm"]
    command = llm["command"]
    assert settings.llm == command[command.index("--alias") + 1]
    assert settings.llm_base_url == f"http://llm:{command[command.index('--port') + 1]}/v1"
    assert settings.llm_context_tokens == int(command[command.index("--ctx-size") + 1])
    assert compose()["services"]["geungeo"]["env_file"] == ["geungeo.env"]


def test_the_unit_starts_the_service_in_its_own_folder() -> None:
    service = unit()["Service"]
    program, *words = shlex.split(service["ExecStart"])
    assert Path(program).name in pyproject()["project"]["scripts"]
    assert not parsed_options(words)["allow_remote"]
    home = f"/var/lib/{service['StateDirectory']}"
    assert service["WorkingDirectory"] == home
    assert f"Environment=GEUNGEO_DATA_DIR={home}\n" in text("geungeo.service")
    assert int(service["TimeoutStopSec"]) > serve._GRACE_SECONDS
    assert service["Restart"] == "on-failure"
    assert service["User"] not in {"", "root"}


def test_the_unit_is_confined_but_may_compile() -> None:
    service = unit()["Service"]
    for name in ("NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices"):
        assert service[name] == "yes", name
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    # The embedding model writes machine code and runs it.
    assert "MemoryDenyWriteExecute" not in service


def test_every_setting_that_is_named_exists() -> None:
    named = {path.name: set(SETTING.findall(text(path.name))) for path in DEPLOY.iterdir()}
    unknown = {name: sorted(found - set(variable_names())) for name, found in named.items()}
    assert unknown == {name: [] for name in named}
    assert named["compose.yaml"] and named["Dockerfile"] and named["geungeo.service"]
