"""What customers read and staff name, in the project's files: responses, articles, new intents."""

import asyncio
import shutil
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.adapters.article_text import articles_in, with_article
from bot.adapters.domain_text import BadDomain, DomainText
from bot.adapters.files_at_once import difference, replace_files
from bot.adapters.knowledge_files import KnowledgeError, load_knowledge
from bot.adapters.own_intents import intents_file, rules_file, with_first_examples, without_first_examples
from bot.training.edits import BadEdit, Edit, Kind, Value

Contents = dict[Path, str]


class ProjectTexts:
    """Implements training.edits.TextFiles. Files are read in a thread: domain.yml takes a second."""

    def __init__(self, project: Path, articles: Path, names: Collection[str]) -> None:
        """`articles`: the folder of the knowledge base; `names`: the company's facts that one may name in braces."""
        self._root = project
        self._names = names
        self._domain = project / "domain.yml"
        self._articles = articles
        self._intents = project / "data" / "intents.yml"
        self._own_rules = project / "data" / "rules" / "own.yml"
        self._own_examples = project / "data" / "nlu" / "own.yml"

    async def current(self, kind: Kind, key: str) -> Value | None:
        return (await self.all(kind)).get(key)

    async def all(self, kind: Kind) -> dict[str, Value]:
        return await asyncio.to_thread(self._all, kind)

    async def problems(self, edit: Edit) -> list[str]:
        return await asyncio.to_thread(self._problems, edit)

    async def diff(self, edit: Edit) -> str:
        return await asyncio.to_thread(lambda: difference(self._root, self._after(edit)))

    async def write(self, edit: Edit) -> None:
        if await self.current(edit.kind, edit.key) != edit.after:
            await asyncio.to_thread(lambda: replace_files(self._after(edit)))

    def own_labels(self) -> dict[str, str]:
        """Of the intents that were added here."""
        return {name: str(value["label"]) for name, value in self._all(Kind.INTENT).items()}

    def _all(self, kind: Kind) -> dict[str, Value]:
        match kind:
            case Kind.RESPONSE:
                return {name: {"texts": texts} for name, texts in self._read_domain().responses().items()}
            case Kind.ARTICLE:
                files = sorted(self._articles.glob("*.yml"))
                return {key: value for file in files for key, value in articles_in(_text(file)).items()}
            case Kind.INTENT:
                return {one["name"]: _without_name(one) for one in _list(self._intents)}

    def buttons(self, name: str) -> list[str]:
        return self._read_domain().buttons(name)

    def _read_domain(self) -> DomainText:
        """Raises BadEdit."""
        try:
            return DomainText(_text(self._domain))
        except BadDomain as problem:
            raise BadEdit(f"domain.yml 不是预期的样子（{problem}），请联系技术人员。") from problem

    def _problems(self, edit: Edit) -> list[str]:
        if edit.kind is not Kind.ARTICLE:
            return []
        if edit.after and edit.after.get("id") != edit.key:
            return ["文章编号不能改。"]
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "knowledge"
            if self._articles.is_dir():
                shutil.copytree(self._articles, copy)
            replace_files({copy / file.name: content for file, content in self._after(edit).items()})
            try:
                load_knowledge(copy, self._names)
            except KnowledgeError as problem:
                return list(problem.problems)
        return []

    def _after(self, edit: Edit) -> Contents:
        """What the files hold afterwards. Raises BadEdit."""
        match edit.kind:
            case Kind.RESPONSE:
                return {self._domain: self._with_texts(edit)}
            case Kind.ARTICLE:
                file = self._home(edit)
                return {file: with_article(_text(file), edit.key, edit.after)}
            case Kind.INTENT:
                return self._with_intent(edit)

    def _with_texts(self, edit: Edit) -> str:
        texts = (edit.after or {})["texts"]
        try:
            return self._read_domain().with_texts(edit.key, texts)
        except BadDomain as problem:
            raise BadEdit("说法的条数不能改，请只改文字。") from problem

    def _home(self, edit: Edit) -> Path:
        """Where the article is, or where most of its category are."""
        contents = {file: articles_in(_text(file)) for file in sorted(self._articles.glob("*.yml"))}
        for file, articles in contents.items():
            if edit.key in articles:
                return file
        category = (edit.after or {}).get("category")
        if not contents:
            return self._articles / "own.yml"
        return max(contents, key=lambda file: sum(a.get("category") == category for a in contents[file].values()))

    def _with_intent(self, edit: Edit) -> Contents:
        name, value = edit.key, edit.after
        others = {key: its for key, its in self._all(Kind.INTENT).items() if key != name}
        own = others | ({name: value} if value else {})
        domain = self._read_domain()
        bare = domain.without_intent(name) if name in domain.intents else domain.text
        after = DomainText(bare).with_intent(name, value["texts"]) if value else bare
        examples = _text(self._own_examples)
        if edit.before:
            examples = without_first_examples(examples, name, edit.before["examples"])
        if value:
            examples = with_first_examples(examples, name, value["examples"])
        own_files = {self._intents: intents_file(own), self._own_rules: rules_file(own), self._own_examples: examples}
        return {self._domain: after, **own_files}


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8") if file.is_file() else ""


def _list(file: Path) -> list[dict[str, Any]]:
    """Raises ValueError."""
    try:
        return list(YAML(typ="safe").load(_text(file)) or [])
    except YAMLError as problem:
        raise ValueError(f"{file} cannot be read: {problem}") from problem


def _without_name(one: Mapping[str, Any]) -> Value:
    return {key: value for key, value in one.items() if key != "name"}
