"""When each waiting prompt was committed, seen from outside the process that wrote it."""

import sqlite3
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

LOOK_SECONDS = 0.002

#: By conversation, the moments (seconds since 1970) at which its prompts were committed.
type Commits = Mapping[str, Sequence[float]]


class SqliteCommits:
    """Looks at the file's change counter every 2 ms: a commit is dated up to that much too late, never too early."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._seen: list[tuple[float, int]] = []
        self._enough = threading.Event()

    @contextmanager
    def watching(self) -> Iterator[None]:
        thread = threading.Thread(target=self._watch, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._enough.set()
            thread.join()

    def read(self) -> Commits:
        found: defaultdict[str, list[float]] = defaultdict(list)
        moments = iter(self._seen)
        moment, known = next(moments)
        for row, conversation_id in self._prompts():
            while row > known:
                moment, known = next(moments)
            found[conversation_id].append(moment)
        return found

    def _prompts(self) -> list[tuple[int, str]]:
        with closing(_read_only(self._file)) as connection:
            query = "SELECT rowid, conversation_id FROM messages WHERE kind = 'waiting_prompt' ORDER BY rowid"
            return connection.execute(query).fetchall()

    def _watch(self) -> None:
        with closing(_read_only(self._file)) as connection:
            version = None
            while True:
                stop = self._enough.is_set()
                (now_version,) = connection.execute("PRAGMA data_version").fetchone()
                if now_version != version or stop:
                    version = now_version
                    at = time.time()
                    (rows,) = connection.execute("SELECT coalesce(max(rowid), 0) FROM messages").fetchone()
                    self._seen.append((at, rows))
                if stop:
                    return
                time.sleep(LOOK_SECONDS)


class PostgresCommits:
    """Asks the server, which keeps the times when told to (`track_commit_timestamp`)."""

    def __init__(self, url: str) -> None:
        self._url = url.replace("postgresql+psycopg://", "postgresql://")

    @contextmanager
    def watching(self) -> Iterator[None]:
        yield

    def read(self) -> Commits:
        query = """
            SELECT conversation_id, extract(epoch FROM pg_xact_commit_timestamp(xmin))::float8
            FROM messages WHERE kind = 'waiting_prompt'
        """
        found: defaultdict[str, list[float]] = defaultdict(list)
        with psycopg.connect(self._url) as connection:
            for conversation_id, moment in connection.execute(query):
                found[conversation_id].append(moment)
        return found


def _read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=10)
