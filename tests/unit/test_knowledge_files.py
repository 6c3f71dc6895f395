"""A mistake in the knowledge base is named with file, article, line and key; all at once."""

from pathlib import Path

import pytest

from bot.adapters.knowledge_files import KnowledgeError, load_knowledge

GOOD = """\
- id: hose-life
  question: 软管多久换一次？
  wordings:
    - 胶管几年一换
    - 皮管寿命
  answer: 请拨打{hotline}。
  keywords: [软管]
  category: 安全用气
  valid_from: 2026-01-01
  valid_to: 2026-12-31
  source: S0
"""
NAMES = {"hotline"}


def problems(tmp_path: Path, text: str, name: str = "safety.yml") -> list[str]:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(tmp_path, NAMES)
    return list(caught.value.problems)


def test_a_good_file_is_read_as_it_stands(tmp_path: Path) -> None:
    (tmp_path / "safety.yml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "empty.yml").write_text("# 还没有文章\n", encoding="utf-8")
    (article,) = load_knowledge(tmp_path, NAMES)
    assert article.ways_to_ask == ("软管多久换一次？", "胶管几年一换", "皮管寿命")
    assert str(article.valid_to) == "2026-12-31"
    assert article.names == {"hotline"}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("question: 软管多久换一次？", "question: ''", "hose-life 第 2 行 question：不能为空"),
        ("question: 软管", f"question: {'长' * 41}软管", "hose-life 第 2 行 question：最多 40 个字"),
        ("  source: S0\n", "", "hose-life 第 1 行 source：缺少这一项"),
        ("  source: S0", "  sorce: S0", "hose-life 第 11 行 sorce：没有这一项，是不是想写 source？"),
        ("category: 安全用气", "category: 安全", 'hose-life 第 8 行 category：应为其中一个：安全用气、'),
        ("valid_to: 2026-12-31", "valid_to: 明年", "hose-life 第 10 行 valid_to：应为 2026-01-31 这样的日期，现在是"),
        ("valid_to: 2026-12-31", "valid_to: 2025-12-31", "hose-life 第 1 行：valid_to 不能早于 valid_from"),
        ("{hotline}", "{hotlin}", "hose-life 第 6 行 answer：不认识占位符 {hotlin}"),
        ("{hotline}", "{hotline:>9}", "hose-life 第 6 行 answer：占位符 {hotline} 里只能写小写英文名字"),
        ("{hotline}", "{hotline", "hose-life 第 6 行 answer：花括号不成对"),
        ("id: hose-life", "id: 软管", "软管 第 1 行 id：只能用小写英文字母"),
        ("- id: hose-life", "- id: 12", "12 第 1 行 id：应为文字"),
        ("    - 皮管寿命", "    - 123", "hose-life 第 5 行 wordings[2]：应为文字"),
        ("    - 皮管寿命", "    - 软管多久换一次", "hose-life 第 5 行 wordings：“软管多久换一次”在本文里写了两遍"),
    ],
)  # fmt: skip
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert GOOD.count(old) == 1, old
    found = problems(tmp_path, GOOD.replace(old, new))
    assert [problem for problem in found if problem.startswith(f"safety.yml 文章 {expected}")], found


def test_an_id_and_a_wording_stand_once_in_all_files(tmp_path: Path) -> None:
    (tmp_path / "bills.yml").write_text(GOOD, encoding="utf-8")
    found = problems(tmp_path, GOOD.replace("软管多久换一次？", "别的问题").replace("    - 皮管寿命\n", ""))
    assert found == [
        "safety.yml 文章 hose-life 第 1 行 id：编号 hose-life 在 bills.yml 里已经用过",
        "safety.yml 文章 hose-life 第 4 行 wordings：“胶管几年一换”在文章 hose-life 里已经有了，客户会不知道看哪一篇",
    ]


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    broken = GOOD.replace("S0", "''") + GOOD.replace("hose-life", "b").replace("安全用气", "x").replace("软管多", "y")
    assert len(problems(tmp_path, broken)) >= 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("id: a\n", "safety.yml：应是文章的列表"),
        ("- 只有一句话\n", "safety.yml 文章 第 1 篇 第 1 行：下面应有一组“键: 值”"),
        ("- id: a\n  id: b\n", "safety.yml 第 2 行：同一项写了两遍"),
        ("- id: [a\n", "safety.yml 第 2 行附近：YAML 格式有错"),
    ],
)
def test_a_file_of_another_shape(tmp_path: Path, text: str, expected: str) -> None:
    assert problems(tmp_path, text)[0].startswith(expected)


def test_not_utf8_and_no_folder(tmp_path: Path) -> None:
    (tmp_path / "gbk.yml").write_bytes("- id: 软管".encode("gbk"))
    with pytest.raises(KnowledgeError, match="UTF-8"):
        load_knowledge(tmp_path, NAMES)
    with pytest.raises(KnowledgeError, match="找不到知识库文件夹"):
        load_knowledge(tmp_path / "none", NAMES)
