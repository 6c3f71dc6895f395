"""Rasa's files of examples as text: lines come and go, everything else stays as its author wrote it."""

import re
from collections.abc import Collection, Mapping, Sequence

#: What a new file's line looks like if the block has no example to copy the indentation from.
_INDENT = " " * 6
_INTENT = re.compile(r"\s*- intent:\s*(\S+)\s*$")
_EXAMPLE = re.compile(r"(\s+)- (.*\S)\s*$")


def counted(content: str) -> dict[str, int]:
    """How many examples each intent has in a file."""
    return {intent: len(examples) for intent, (_, examples) in _blocks(content.splitlines()).items()}


def with_examples(content: str, additions: Mapping[str, Sequence[str]]) -> str:
    """The file with examples added at the end of their intents' blocks; those that are there already are left out.

    Raises KeyError: the file has no block of an intent.
    """
    lines = content.splitlines()
    blocks = _blocks(lines)
    after: dict[int, list[str]] = {}
    for intent, texts in additions.items():
        last, examples = blocks[intent]
        indent = next((match[1] for match in [_EXAMPLE.match(lines[last])] if match), _INDENT)
        after[last] = [f"{indent}- {text}" for text in texts if text not in examples]
    return "".join(f"{line}\n" for number, old in enumerate(lines) for line in (old, *after.get(number, ())))


def without_examples(content: str, removals: Mapping[str, Collection[str]]) -> str:
    """The file without these examples."""
    intent, kept = "", []
    for line in content.splitlines():
        if found := _INTENT.match(line):
            intent = found[1]
        example = _EXAMPLE.match(line)
        if not (example and example[2] in removals.get(intent, ())):
            kept.append(line)
    return "".join(f"{line}\n" for line in kept)


def _blocks(lines: Sequence[str]) -> dict[str, tuple[int, set[str]]]:
    """By intent the number of its last line, and its examples."""
    blocks: dict[str, tuple[int, set[str]]] = {}
    intent = ""
    for number, line in enumerate(lines):
        if found := _INTENT.match(line):
            intent = found[1]
        elif intent and (example := _EXAMPLE.match(line)):
            blocks[intent] = (number, blocks.get(intent, (0, set()))[1] | {example[2]})
        elif intent and line.strip().startswith("examples:"):
            blocks.setdefault(intent, (number, set()))
    return blocks
