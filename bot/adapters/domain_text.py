"""Rasa's domain.yml as text: responses and intents come and change, every other character stays as it was written."""

import json
from collections.abc import Iterator, Sequence

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_OWN_INTENTS = "  # added on the administration page"
_OWN_RESPONSES = "  # ---- added on the administration page"


class BadDomain(ValueError):
    """domain.yml is not what Rasa expects; the text says what is missing."""


class DomainText:
    def __init__(self, text: str) -> None:
        """Raises BadDomain."""
        self.text = text
        try:
            root = YAML(typ="safe", pure=True).compose(text)
        except YAMLError as problem:
            raise BadDomain(f"domain.yml cannot be read: {problem}") from problem
        intents, responses = _value(root, "intents"), _value(root, "responses")
        if not isinstance(intents, SequenceNode) or not isinstance(responses, MappingNode):
            raise BadDomain("domain.yml has no intents or no responses")
        self._intents = intents
        self._responses = responses

    @property
    def intents(self) -> list[str]:
        return [_name(node) for node in self._intents.value]

    def responses(self) -> dict[str, list[str]]:
        """The texts of each response's variations."""
        return {key.value: [node.value for node in _texts(value)] for key, value in self._responses.value}

    def buttons(self, name: str) -> list[str]:
        """The titles under a response's first variation."""
        value = next((value for key, value in self._responses.value if key.value == name), None)
        first = value.value[0] if isinstance(value, SequenceNode) and value.value else None
        buttons = _value(first, "buttons")
        titles = [_value(button, "title") for button in buttons.value] if isinstance(buttons, SequenceNode) else []
        return [title.value for title in titles if isinstance(title, ScalarNode)]

    def with_texts(self, name: str, texts: Sequence[str]) -> str:
        """The file with a response's texts replaced. Raises BadDomain."""
        value = next((value for key, value in self._responses.value if key.value == name), None)
        nodes = list(_texts(value))
        if len(nodes) != len(texts):
            raise BadDomain(f"{name} has {len(nodes)} variations, not {len(texts)}")
        after = self.text
        for node, text in sorted(zip(nodes, texts, strict=True), key=lambda pair: -pair[0].start_mark.index):
            if node.value != text:
                after = after[: node.start_mark.index] + _quoted(text) + after[node.end_mark.index :]
        return after

    def with_intent(self, name: str, texts: Sequence[str]) -> str:
        """The file with an intent and its response `utter_<name>`, at the ends of their blocks."""
        lines = self.text.splitlines()
        response = [f"  utter_{name}:", *(f"    - text: {_quoted(text)}" for text in texts)]
        indent = " " * (self._intents.value[0].start_mark.column - 2)
        intent = [f"{indent}- {name}"]
        last_intent = self._intents.value[-1].start_mark.line + 1
        last_response = _last_line(lines, self._responses)
        # From the end, so that the first places still hold.
        for place, added, head in sorted(
            [(last_intent, intent, _OWN_INTENTS), (last_response, response, _OWN_RESPONSES)], reverse=True
        ):
            lines[place:place] = added if head in lines else [head, *added]
        return "".join(f"{line}\n" for line in lines)

    def without_intent(self, name: str) -> str:
        """The file without an intent and its response, and without the heads when nothing is below them any more."""
        lines = self.text.splitlines()
        drop: set[int] = {node.start_mark.line for node in self._intents.value if _name(node) == name}
        for key, value in self._responses.value:
            if key.value == f"utter_{name}":
                drop |= set(range(key.start_mark.line, _last_line(lines, value)))
        kept = [line for number, line in enumerate(lines) if number not in drop]
        return "".join(f"{line}\n" for line in _without_empty_heads(kept))


def _without_empty_heads(lines: Sequence[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else ""
        empty = line == _OWN_INTENTS and not below.lstrip().startswith("- ")
        if not (empty or (line == _OWN_RESPONSES and not below.startswith("  utter_"))):
            yield line


def _last_line(lines: Sequence[str], node: Node) -> int:
    """Behind the node's last line that says something: where more of it would stand."""
    last = min(node.end_mark.line, len(lines))
    while last and (not lines[last - 1].strip() or lines[last - 1].lstrip().startswith("#")):
        last -= 1
    return int(last)


def _texts(value: Node | None) -> Iterator[ScalarNode]:
    for variation in value.value if isinstance(value, SequenceNode) else []:
        if isinstance(text := _value(variation, "text"), ScalarNode):
            yield text


def _value(node: Node | None, key: str) -> Node | None:
    if not isinstance(node, MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)


def _name(node: Node) -> str:
    """An intent is a name, or a name with settings."""
    return str(node.value[0][0].value if isinstance(node, MappingNode) else node.value)


def _quoted(text: str) -> str:
    """JSON's quoting is YAML's double quoting."""
    return json.dumps(text, ensure_ascii=False)
