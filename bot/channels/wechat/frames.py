"""WeChat's XML and JSON: flat fields in, a reply out.

A document type is refused as soon as it appears: without one there are no entities, so nothing can be expanded or
fetched (billion laughs, XXE).
"""

import json
import re
from collections.abc import Mapping
from typing import Any
from xml.parsers import expat

#: A callback is a few hundred bytes; the longest text makes a few kilobytes, and encrypting adds a third.
LARGEST = 64 * 1024
TOO_LARGE = "提交的内容过大。"

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

type Fields = dict[str, str]


class BadFrame(ValueError):
    """The body is not what WeChat sends."""


def read_fields(body: bytes) -> Fields:
    """The fields of a body, XML or JSON as the console is set; those of a nested one as "Outer.Inner".

    Raises BadFrame.
    """
    if len(body) > LARGEST:
        raise BadFrame(f"{len(body)} bytes")
    return _read_json(body) if is_json(body) else _read_xml(body)


def is_json(body: bytes) -> bool:
    return body.lstrip().startswith(b"{")


def write_fields(fields: Mapping[str, Any], *, as_json: bool) -> bytes:
    """A passive reply: mappings nest, numbers and texts are leaves."""
    if as_json:
        return json.dumps(fields, ensure_ascii=False).encode()
    return f"<xml>{_xml(fields)}</xml>".encode()


class _FieldReader:
    """Collects leaves; WeChat repeats no field."""

    def __init__(self) -> None:
        self.fields: Fields = {}
        self._path: list[str] = []
        self._texts: list[str] = []

    def start(self, name: str, _: object) -> None:
        self._path.append(name)
        self._texts.append("")

    def text(self, data: str) -> None:
        self._texts[-1] += data

    def end(self, _: str) -> None:
        name, text = ".".join(self._path[1:]), self._texts.pop()
        self._path.pop()
        inside = any(known.startswith(f"{name}.") for known in self.fields)
        if name and not inside:
            self.fields.setdefault(name, text)


def _read_xml(body: bytes) -> Fields:
    reader, parser = _FieldReader(), expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(body, True)
    except expat.ExpatError as problem:
        raise BadFrame(str(problem)) from None
    return reader.fields


def _refuse_doctype(*_: object) -> None:
    raise BadFrame("a document type")


def _read_json(body: bytes) -> Fields:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as problem:
        raise BadFrame(str(problem)) from None
    return {name: text for name, text in _leaves(found, "")}


def _leaves(node: object, name: str) -> list[tuple[str, str]]:
    if isinstance(node, dict):
        prefix = f"{name}." if name else ""
        return [leaf for key, inner in node.items() for leaf in _leaves(inner, f"{prefix}{key}")]
    return [(name, node if isinstance(node, str) else json.dumps(node))] if node is not None else []


def _xml(fields: Mapping[str, Any]) -> str:
    return "".join(f"<{name}>{_xml_value(value)}</{name}>" for name, value in fields.items())


def _xml_value(value: Any) -> str:
    if isinstance(value, Mapping):
        return _xml(value)
    return str(value) if isinstance(value, int) else f"<![CDATA[{_cdata(str(value))}]]>"


def _cdata(text: str) -> str:
    """A text that holds the end of a CDATA section goes on in the next; what XML cannot hold is left out."""
    return _NO_XML.sub("", text).replace("]]>", "]]]]><![CDATA[>")
