"""The files of the intents that were added on the administration page: names, rules, first examples."""

import json
from collections.abc import Mapping, Sequence

from bot.training.edits import BadEdit, Value
from bot.training.nlu_format import counted, with_examples, without_examples

_INTENTS = (
    "# Intents added on the administration page: what staff call them, when customers say so, the first answer.\n"
)
_RULES = '# Intents added on the administration page: each is answered with its own text.\nversion: "3.1"\n\nrules:\n'
_EXAMPLES = '# Examples of intents added on the administration page.\nversion: "3.1"\n\nnlu:\n'


def intents_file(intents: Mapping[str, Value]) -> str:
    """data/intents.yml; "" without any."""
    return _INTENTS + "\n".join(_entry(name, value) for name, value in intents.items()) if intents else ""


def rules_file(intents: Mapping[str, Value]) -> str:
    """data/rules/own.yml."""
    rules = [
        f"  - rule: answer {name}\n    steps:\n      - intent: {name}\n      - action: action_answer\n"
        for name in intents
    ]
    return _RULES + "\n".join(rules) if rules else ""


def with_first_examples(text: str, name: str, examples: Sequence[str]) -> str:
    """data/nlu/own.yml with the intent's first examples."""
    begun = text or _EXAMPLES
    if name not in counted(begun):
        begun += ("\n" if counted(begun) else "") + f"  - intent: {name}\n    examples: |\n"
    return with_examples(begun, {name: sorted(examples)})


def without_first_examples(text: str, name: str, examples: Sequence[str]) -> str:
    """… and without the intent again. Raises BadEdit: more were added since, which would be lost."""
    left = without_examples(text, {name: examples})
    if counted(left).get(name):
        raise BadEdit("这个意图后来又加了例句，请先撤回后来的变更。")
    lines = left.splitlines()
    start = next((number for number, line in enumerate(lines) if line.split() == ["-", "intent:", name]), None)
    if start is None:
        return text
    del lines[start : start + 2]
    kept = "\n".join(lines).strip("\n") + "\n"
    return kept if counted(kept) else ""


def _entry(name: str, value: Value) -> str:
    """JSON's quoting is YAML's double quoting."""
    lines = [
        f"- name: {name}",
        f"  label: {_quoted(value['label'])}",
        f"  description: {_quoted(value['description'])}",
    ]
    for key in ("texts", "examples"):
        lines += [f"  {key}:", *(f"    - {_quoted(each)}" for each in value[key])]
    return "\n".join(lines) + "\n"


def _quoted(text: object) -> str:
    return json.dumps(str(text), ensure_ascii=False)
