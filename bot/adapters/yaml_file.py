"""Reads a YAML file that staff write: the data, and the nodes that know its lines; or says in Chinese why not."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import Node


class UnreadableFile(Exception):
    """The text says which file, where, and what to do, in Chinese."""


def read_yaml(path: Path, name_of_it: str = "文件") -> tuple[Any, Node | None]:
    """Plain data, and the nodes it was made of (None when the file is empty).

    Raises UnreadableFile; `name_of_it` is what the file is called there.
    """
    text = _read(path, name_of_it)
    yaml = YAML(typ="safe", pure=True)
    try:
        nodes: Node | None = yaml.compose(text)
        data = None if nodes is None else yaml.constructor.construct_document(nodes)
    except DuplicateKeyError as error:
        raise UnreadableFile(f"{_at(path.name, error)}：同一项写了两遍，请删掉一处") from None
    except YAMLError as error:
        detail = getattr(error, "problem", None) or str(error).splitlines()[0]
        advice = "请检查缩进（只用空格）、冒号后的空格和引号是否成对"
        raise UnreadableFile(f"{_at(path.name, error)}附近：YAML 格式有错，{advice}（{detail}）") from None
    return data, nodes


def _read(path: Path, name_of_it: str) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UnreadableFile(f"找不到{name_of_it} {path}") from None
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{path.name}：应保存为 UTF-8 编码（第 {error.start} 字节处读不出来）") from None
    except OSError as error:
        raise UnreadableFile(f"{path.name}：读不出来（{error.strerror}），请检查 {path}") from None


def _at(name: str, error: YAMLError) -> str:
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    return f"{name} 第 {mark.line + 1} 行" if mark is not None else name
