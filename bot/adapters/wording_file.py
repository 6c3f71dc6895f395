"""Reads forbidden expressions and canned replies from wording.yml; every mistake is named with its line."""

from pathlib import Path

from pydantic import ValidationError

from bot.adapters.yaml_file import UnreadableFile, read_yaml
from bot.adapters.yaml_problems import Reader
from bot.domain.wording import Wording

_READER = Reader(Wording)


class WordingError(Exception):
    """The file cannot be used; the text says why, line by line, in Chinese."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join([f"话术资料有 {len(problems)} 处需要改正：", *(f"  {line}" for line in problems)]))


def load_wording(path: Path) -> Wording:
    """Read and check the file at `path`. Raises WordingError naming file, line, key, what is wrong and expected."""
    try:
        data, nodes = read_yaml(path, "话术资料文件")
    except UnreadableFile as problem:
        raise WordingError([str(problem)]) from None
    if data is None or nodes is None:
        return Wording()
    if not isinstance(data, dict):
        raise WordingError([f"{path.name}：内容应为“键: 值”的形式"])
    try:
        return Wording.model_validate(data)
    except ValidationError as error:
        raise WordingError([_READER.describe(each, path.name, nodes) for each in error.errors()]) from None
