"""Files replaced so that readers see the old content or the new one, never half; and how they differ."""

import os
from collections.abc import Mapping
from difflib import unified_diff
from pathlib import Path


def replace_files(contents: Mapping[Path, str]) -> None:
    """A file that is to be empty is removed. Raises OSError."""
    for file, content in contents.items():
        if not content:
            file.unlink(missing_ok=True)
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_name(f".{file.name}.new")
        with beside.open("w", encoding="utf-8", newline="\n") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        beside.replace(file)


def difference(root: Path, contents: Mapping[Path, str]) -> str:
    """As `git apply` takes it in folder `root`."""
    parts: list[str] = []
    for file, after in sorted(contents.items()):
        name = (file.relative_to(root) if file.is_relative_to(root) else Path(*file.parts[-3:])).as_posix()
        before = file.read_text(encoding="utf-8") if file.is_file() else ""
        names = (f"a/{name}" if before else "/dev/null", f"b/{name}" if after else "/dev/null")
        parts += unified_diff(before.splitlines(), after.splitlines(), *names, n=1, lineterm="")
    return "\n".join(parts)
