"""Private PostgreSQL and Redis servers for a test session, and the browser: started on free ports, gone afterwards."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from glob import glob
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
import redis

START_SECONDS = 30.0
LOOK_AGAIN_SECONDS = 0.05


def find_program(*names: str, folders: str = "") -> Path:
    """The first of the programs on PATH or in a folder that matches the glob; a missing one skips, in CI it fails."""
    places = [None, *sorted(glob(folders), reverse=True)]
    for name in names:
        for place in places:
            if program := shutil.which(name, path=place):
                return Path(program)
    message = f"{names[0]} is not installed: run 'make test-deps'"
    if os.environ.get("CI") == "true":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


@contextmanager
def postgres_server() -> Iterator[str]:
    """A PostgreSQL server with an empty cluster; yields the URL of its maintenance database, without a driver."""
    initdb = find_program("initdb", folders="/usr/lib/postgresql/*/bin")
    as_user: dict[str, Any] = {"user": _unprivileged_user()} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory(prefix="gasdesk-postgres-", ignore_cleanup_errors=True) as folder:
        if as_user:
            shutil.chown(folder, user=as_user["user"])
        data = Path(folder) / "data"
        subprocess.run(
            [initdb, "-D", data, "-U", "gasdesk", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"],
            check=True, cwd=folder, stdout=subprocess.DEVNULL, **as_user,
        )  # fmt: skip
        port = free_port()
        url = f"postgresql://gasdesk@127.0.0.1:{port}/postgres"
        # Nobody needs these rows after a power cut.
        settings = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=200"]
        settings += ["listen_addresses=127.0.0.1", f"port={port}", "unix_socket_directories="]
        command = [initdb.resolve().with_name("postgres"), "-D", data, *(f"--{setting}" for setting in settings)]
        with _running(command, Path(folder), lambda: _answers_sql(url), stop=signal.SIGINT, **as_user):
            yield url


@contextmanager
def new_database(server_url: str) -> Iterator[str]:
    """A database of its own on the server, dropped afterwards; yields the URL for SQLAlchemy with psycopg."""
    name = f"test_{uuid4().hex}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
        try:
            yield server_url.replace("postgresql://", "postgresql+psycopg://").removesuffix("postgres") + name
        finally:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


@contextmanager
def redis_server() -> Iterator[str]:
    """A Redis server that keeps nothing on disk; yields its URL."""
    program = find_program("redis-server")
    port = free_port()
    url = f"redis://127.0.0.1:{port}/0"
    with tempfile.TemporaryDirectory(prefix="gasdesk-redis-") as folder:
        command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        with _running(command, Path(folder), lambda: _answers_ping(url), stop=signal.SIGTERM):
            yield url


def empty_redis(url: str) -> None:
    """Forget everything that the server holds."""
    with redis.Redis.from_url(url) as client:
        client.flushall()


def free_port() -> int:
    """A port of the loopback interface that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _unprivileged_user() -> str:
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        pytest.fail("PostgreSQL refuses to run as root and there is no user postgres: run 'make test-deps'")


@contextmanager
def _running(
    command: list[Any], folder: Path, answers: Callable[[], bool], *, stop: signal.Signals, **options: Any
) -> Iterator[None]:
    log = folder / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT, **options)
    try:
        _wait_until(answers, server, log)
        yield
    finally:
        server.send_signal(stop)
        try:
            server.wait(START_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_until(answers: Callable[[], bool], server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not answers():
        if server.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"{server.args!r} did not start:\n{log.read_text(errors='replace')}", pytrace=False)
        time.sleep(LOOK_AGAIN_SECONDS)


def _answers_sql(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _answers_ping(url: str) -> bool:
    try:
        with redis.Redis.from_url(url) as client:
            return bool(client.ping())
    except redis.ConnectionError:
        return False
