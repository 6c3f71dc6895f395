"""The pages' files as they are sent: read once, without comments, compressed, under an address with their version.

There is no build step: what lies in `web/` is what runs. A telephone on a slow network loads forty small files, so each
is sent with as little around it as can be, and never asked for again until something in `web/` changes.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

#: The folders of others' code, which is sent as it was published.
_FOREIGN = ("vendor", "docs")
_COMMENTED = frozenset({".js", ".css"})
#: In the addresses of a page's files; the version comes behind it.
PREFIX = "/static/v-"


@dataclass(frozen=True)
class WebFile:
    content_type: str
    content: bytes
    packed: bytes


class WebTree:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._seen: dict[Path, tuple[int, int]] = {}
        self._files: dict[str, WebFile] = {}
        self.version = ""
        self.look()

    def look(self) -> None:
        """Take over what has changed since the last look, so that who works on the pages need not restart."""
        if self._seen and all(_stamp(file) == known for file, known in self._seen.items()):
            return
        seen = {file: _stamp(file) for file in self._sources()}
        texts = {file: _text(file, self._folder) for file in seen}
        digest = hashlib.sha256()
        for file in sorted(texts):
            digest.update(file.relative_to(self._folder).as_posix().encode() + b"\0" + texts[file])
        self.version = digest.hexdigest()[:12]
        self._files = {file.relative_to(self._folder).as_posix(): self._web_file(file, texts[file]) for file in texts}
        self._seen = seen

    def get(self, path: str) -> WebFile | None:
        return self._files.get(path)

    def page(self, name: str) -> WebFile:
        """A page that names its files by their version."""
        return self._files[f"{name}/index.html"]

    def _sources(self) -> list[Path]:
        found = (file for file in self._folder.rglob("*") if file.suffix and file.is_file())
        return [file for file in found if not file.name.endswith(".test.js") and file.suffix != ".LICENSE"]

    def _web_file(self, file: Path, content: bytes) -> WebFile:
        if file.name == "index.html":
            content = content.replace(b'"/static/', f'"{PREFIX}{self.version}/'.encode())
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        charset = "; charset=utf-8" if kind.startswith("text/") else ""
        return WebFile(kind + charset, content, gzip.compress(content, 9, mtime=0))


def without_comments(source: str) -> str:
    """JavaScript or CSS without the lines that are only comment or empty; other lines stay as they are.

    Our own style makes it safe: comments begin a line, and no text in backticks goes over several (a test holds it).
    """
    kept: list[str] = []
    inside = False
    for line in source.splitlines():
        words = line.strip()
        if inside or words.startswith("/*"):
            inside = not words.endswith("*/")
        elif words and not words.startswith("//"):
            kept.append(line)
    return "\n".join(kept) + "\n"


def _stamp(file: Path) -> tuple[int, int]:
    """What changes with the file; of one that is gone, nothing a file has."""
    try:
        stat = file.stat()
    except FileNotFoundError:
        return (0, -1)
    return (stat.st_mtime_ns, stat.st_size)


def _text(file: Path, folder: Path) -> bytes:
    foreign = file.relative_to(folder).parts[0] in _FOREIGN
    if foreign or file.suffix not in _COMMENTED:
        return file.read_bytes()
    return without_comments(file.read_text(encoding="utf-8")).encode()
