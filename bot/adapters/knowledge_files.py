"""Reads the knowledge base from data/knowledge/*.yml; every mistake is named with file, article, key and line."""

from collections.abc import Collection, Iterator
from pathlib import Path

from pydantic import ValidationError
from ruamel.yaml.nodes import Node

from bot.adapters.yaml_file import UnreadableFile, read_yaml
from bot.adapters.yaml_problems import Reader, line_of, path_of
from bot.domain.knowledge import Article
from bot.domain.knowledge.terms import plain

_READER = Reader(Article)


class KnowledgeError(Exception):
    """The knowledge base cannot be used; `problems` are sentences for the admin, in Chinese."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join([f"知识库有 {len(problems)} 处需要改正：", *(f"  {line}" for line in problems)]))


def load_knowledge(folder: Path, names: Collection[str]) -> tuple[Article, ...]:
    """All articles, in the order of file names and of the files.

    `names`: the facts of the company that an answer may name in braces.

    Raises KnowledgeError with all mistakes at once.
    """
    if not folder.is_dir():
        raise KnowledgeError([f"找不到知识库文件夹 {folder}"])
    reading = _Reading(names)
    for path in sorted(folder.glob("*.yml")):
        reading.take_in(path)
    if reading.problems:
        raise KnowledgeError(reading.problems)
    return tuple(reading.articles)


class _Reading:
    """What has been read so far, and what is wrong with it."""

    def __init__(self, names: Collection[str]) -> None:
        self.articles: list[Article] = []
        self.problems: list[str] = []
        self._names = names
        #: Where an id or a way to ask stands first.
        self._seen: dict[str, str] = {}

    def take_in(self, path: Path) -> None:
        try:
            data, nodes = read_yaml(path)
        except UnreadableFile as problem:
            self.problems.append(str(problem))
            return
        if data is None or nodes is None:
            return  # an empty file, or one of comments only
        if not isinstance(data, list):
            self.problems.append(f"{path.name}：应是文章的列表（每篇以“- id: ”开头）")
            return
        for place, item in enumerate(data):
            self._take_in_article(item, place, path.name, nodes)

    def _take_in_article(self, item: object, place: int, file: str, nodes: Node) -> None:
        name = f"{file} 文章 {_name_of(item, place)}"
        try:
            article = Article.model_validate(item)
        except ValidationError as error:
            for detail in error.errors():
                at = line_of(nodes, (place, *detail["loc"]))
                place_in_it = " ".join([f"第 {at} 行", path_of(detail["loc"])]).strip()
                self.problems.append(f"{name} {place_in_it}：{_READER.wrong(detail)}")
            return
        for key, wrong in self._complaints(article):
            where = f"{name} 第 {line_of(nodes, (place, *key))} 行 {key[0]}"
            self.problems.append(f"{where}：{wrong}")
        self._remember(article, file)
        self.articles.append(article)

    def _complaints(self, article: Article) -> Iterator[tuple[tuple[str | int, ...], str]]:
        if first := self._seen.get(f"id {article.id}"):
            yield ("id",), f"编号 {article.id} 在 {first} 里已经用过"
        for missing in sorted(article.names - set(self._names)):
            yield ("answer",), f"不认识占位符 {{{missing}}}，可用的见 docs/dialogues.md"
        asked: set[str] = set()
        for number, words in enumerate(article.ways_to_ask):
            key: tuple[str | int, ...] = ("wordings", number - 1) if number else ("question",)
            if plain(words) in asked:
                yield key, f"“{words}”在本文里写了两遍"
            elif first := self._seen.get(plain(words)):
                yield key, f"“{words}”在文章 {first} 里已经有了，客户会不知道看哪一篇"
            asked.add(plain(words))
        for number, words in enumerate(article.follow_ups):
            taken = (self._seen.get(f"behind {intent} {plain(words)}") for intent in article.follows)
            if first := next(filter(None, taken), None):
                yield ("follow_ups", number), f"“{words}”在文章 {first} 里已经有了，客户会不知道看哪一篇"

    def _remember(self, article: Article, file: str) -> None:
        self._seen.setdefault(f"id {article.id}", file)
        for words in article.ways_to_ask:
            self._seen.setdefault(plain(words), article.id)
        for words in article.follow_ups:
            for intent in article.follows:
                self._seen.setdefault(f"behind {intent} {plain(words)}", article.id)


def _name_of(item: object, place: int) -> str:
    name = item.get("id") if isinstance(item, dict) else None
    return str(name) if name else f"第 {place + 1} 篇"
