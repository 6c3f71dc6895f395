"""Private PostgreSQL and Redis servers for a test session, and the browser: started on free ports, gone afterwards."""

import os
import pwd
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from glob import glob
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
import redis

START_SECONDS = 30.0
LOOK_AGAIN_SECONDS = 0.05
_PORTS = (20_000, 32_000)
#: Nobody needs a test's rows after a power cut.
_FORGETFUL = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


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


class PostgresServer:
    """A cluster of its own in `folder`. It can be stopped and started again; its data and its port stay."""

    def __init__(self, folder: Path, *, durable: bool = False, settings: Sequence[str] = ()) -> None:
        """
        Args:
            durable: keep every commit across a power cut, as a server in service does. Tests do without.
            settings: more lines of its configuration, "name=value".
        """
        self._folder = folder
        self._initdb = find_program("initdb", folders="/usr/lib/postgresql/*/bin")
        self._as_user: dict[str, Any] = {"user": _unprivileged_user()} if os.geteuid() == 0 else {}
        self._settings = [*settings, *([] if durable else _FORGETFUL)]
        self._port = free_port()
        self._server: subprocess.Popen[bytes] | None = None
        #: Of the maintenance database, without a driver.
        self.url = f"postgresql://gasdesk@127.0.0.1:{self._port}/postgres"
        self._make_cluster()

    def start(self) -> None:
        settings = [*self._settings, "max_connections=200", f"port={self._port}"]
        settings += ["listen_addresses=127.0.0.1", "unix_socket_directories="]
        postgres = self._initdb.resolve().with_name("postgres")
        command = [postgres, "-D", self._folder / "data", *(f"--{setting}" for setting in settings)]
        self._server = _start(command, self._folder, lambda: _answers_sql(self.url), **self._as_user)

    def stop(self) -> None:
        """Connections are cut at once, what was committed is kept."""
        if self._server:
            _stop(self._server, signal.SIGINT)
            self._server = None

    def _make_cluster(self) -> None:
        if self._as_user:
            shutil.chown(self._folder, user=self._as_user["user"])
        options = ["-U", "gasdesk", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        subprocess.run(
            [self._initdb, "-D", self._folder / "data", *options],
            check=True, cwd=self._folder, stdout=subprocess.DEVNULL, **self._as_user,
        )  # fmt: skip


@contextmanager
def postgres(*, durable: bool = False, settings: Sequence[str] = ()) -> Iterator[PostgresServer]:
    """A running PostgreSQL server with an empty cluster, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="gasdesk-postgres-", ignore_cleanup_errors=True) as folder:
        server = PostgresServer(Path(folder), durable=durable, settings=settings)
        try:
            server.start()
            yield server
        finally:
            server.stop()


@contextmanager
def postgres_server() -> Iterator[str]:
    """The URL of such a server's maintenance database, without a driver."""
    with postgres() as server:
        yield server.url


@contextmanager
def new_database(server_url: str, template: str = "template1") -> Iterator[str]:
    """A database of its own on the server, a copy of `template`, dropped afterwards; yields the URL for SQLAlchemy."""
    name = f"test_{uuid4().hex}"
    _administer(server_url, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield server_url.replace("postgresql://", "postgresql+psycopg://").removesuffix("postgres") + name
    finally:
        _administer(server_url, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def redis_server() -> Iterator[str]:
    """A Redis server that keeps nothing on disk; yields its URL."""
    program = find_program("redis-server")
    port = free_port()
    url = f"redis://127.0.0.1:{port}/0"
    with tempfile.TemporaryDirectory(prefix="gasdesk-redis-") as folder:
        command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        with running(command, Path(folder), lambda: _answers_ping(url)):
            yield url


def empty_redis(url: str) -> None:
    """Forget everything that the server holds."""
    with redis.Redis.from_url(url) as client:
        client.flushall()


def free_port() -> int:
    """A port of the loopback interface that nobody listened on a moment ago.

    Below those that the system hands to outgoing connections (32768 and up on Linux): the browser or a client could
    be given one of those before the server that it is for listens on it.
    """
    for port in random.sample(range(*_PORTS), k=len(range(*_PORTS))):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError(f"every port from {_PORTS[0]} to {_PORTS[1]} is taken")


def _administer(server_url: str, command: str) -> None:
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(command.encode())


def _unprivileged_user() -> str:
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        pytest.fail("PostgreSQL refuses to run as root and there is no user postgres: run 'make test-deps'")


@contextmanager
def running(command: list[Any], folder: Path, answers: Callable[[], bool]) -> Iterator[None]:
    server = _start(command, folder, answers)
    try:
        yield
    finally:
        _stop(server, signal.SIGTERM)


def _start(command: list[Any], folder: Path, answers: Callable[[], bool], **options: Any) -> subprocess.Popen[bytes]:
    """Start a server and wait until it answers; a failed start leaves nothing behind."""
    log = folder / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT, **options)
    try:
        _wait_until(answers, server, log)
    except BaseException:
        _stop(server, signal.SIGKILL)
        raise
    return server


def _stop(server: subprocess.Popen[bytes], how: signal.Signals) -> None:
    server.send_signal(how)
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
