"""A Rasa as it comes: its own command line, REST channel and Chinese pipeline, with this project's data and actions."""

import hashlib
import os
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2

from benchmarks.places import CACHE
from bot.clock import stopwatch
from bot.settings import ROOT
from tests.gasdesk_process import until
from tests.services import free_port

PYTHON = ROOT / "assistant" / ".venv" / "bin" / "python"
CONFIG = Path(__file__).with_name("stock_rasa.yml")
START_SECONDS = 300.0


@dataclass(frozen=True)
class StockRasa:
    url: str
    pid: int
    #: From its start to its first answer.
    start_seconds: float


def stock_model() -> Path:
    """Trained on the project's data, once for each state of it. Raises RuntimeError with Rasa's words."""
    model = CACHE / f"stock-{_fingerprint()}.tar.gz"
    if model.is_file():
        return model
    CACHE.mkdir(parents=True, exist_ok=True)
    for old in CACHE.glob("stock-*.tar.gz"):
        old.unlink()
    with tempfile.TemporaryDirectory(dir=CACHE, prefix="training-") as folder:
        command = [*_rasa("train"), "--config", str(CONFIG), "--domain", "domain.yml", "--data", "data"]
        command += ["--out", folder, "--fixed-model-name", "stock"]
        environment = {**_environment(), "RASA_CACHE_DIRECTORY": str(Path(folder) / "cache")}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        trained = Path(folder) / "stock.tar.gz"
        if done.returncode or not trained.is_file():
            raise RuntimeError(f"the stock Rasa was not trained:\n{(done.stdout + done.stderr)[-3000:]}")
        trained.replace(model)
    return model


@asynccontextmanager
async def stock_rasa(model: Path, action_url: str, folder: Path) -> AsyncIterator[StockRasa]:
    """Started, warm, and gone afterwards; its log and credentials lie in `folder`."""
    port = free_port()
    credentials = folder / "stock-credentials.yml"
    credentials.write_text("rest:\n", encoding="utf-8")
    command = [*_rasa("run"), "--model", str(model), "--interface", "127.0.0.1", "--port", str(port)]
    command += ["--endpoints", "endpoints.yml", "--credentials", str(credentials)]
    environment = {**_environment(), "GASDESK_ACTION_URL": action_url}
    began = stopwatch()
    with _running(command, environment, folder / "stock-rasa.log") as process:
        url = f"http://127.0.0.1:{port}"
        await _first_answer(url, process, folder / "stock-rasa.log")
        yield StockRasa(url, process.pid, stopwatch() - began)


async def _first_answer(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    async with httpx2.AsyncClient(base_url=url, trust_env=False, timeout=60, verify=False) as http:

        async def answers() -> bool:
            if process.poll() is not None:
                raise RuntimeError(f"the stock Rasa ended:\n{_end_of(log)}")
            try:
                asked = await http.post("/webhooks/rest/webhook", json={"sender": "first", "message": "你好"})
            except httpx2.TransportError:
                return False
            return asked.is_success and bool(asked.json())

        await until(answers, START_SECONDS)


def _end_of(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-3000:]


@contextmanager
def _running(command: list[str], environment: dict[str, str], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _rasa(command: str) -> list[str]:
    return [str(PYTHON), "-m", "rasa", command]


def _environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "RASA_TELEMETRY_ENABLED": "false", "SANIC_WORKERS": "1", "TF_CPP_MIN_LOG_LEVEL": "2"}


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in _inputs():
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def _inputs() -> Iterator[Path]:
    yield from (CONFIG, ROOT / "domain.yml", ROOT / "assistant" / "requirements.lock")
    yield from sorted((ROOT / "data").rglob("*.yml"))
