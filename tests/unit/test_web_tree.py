"""The pages' files as they are sent: the same but for comments, and under an address that changes with them."""

import gzip
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.channels.web_tree import WebTree, without_comments
from bot.settings import ROOT
from tests.services import find_program

WEB = ROOT / "web"
OWN = [file for file in sorted(WEB.rglob("*.js")) if "vendor" not in file.parts and not file.name.endswith(".test.js")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "chat").mkdir()
    (tmp_path / "chat" / "index.html").write_text('<script src="/static/chat/main.js"></script>')
    (tmp_path / "chat" / "main.js").write_text("// why\nlet a = 1;\n")
    (tmp_path / "chat" / "main.test.js").write_text("throw 1;")
    return tmp_path


def test_lines_of_comment_are_left_out_and_nothing_else() -> None:
    source = '// head\n\n/** doc */\n/*\n * long\n */\nlet a = "http://x"; // said\n  // why\n  call(/\\//);\n'
    assert without_comments(source) == 'let a = "http://x"; // said\n  call(/\\//);\n'
    assert without_comments("/* head */\n.a {\n  color: red; /* why */\n}\n") == ".a {\n  color: red; /* why */\n}\n"


def test_no_text_of_ours_goes_over_several_lines() -> None:
    """Then no line of a text can look like a comment."""
    assert len(OWN) > 100
    for file in OWN:
        for number, line in enumerate(without_comments(file.read_text(encoding="utf-8")).splitlines(), 1):
            assert line.count("`") % 2 == 0, f"{file.relative_to(ROOT)}, line {number} without comments: {line}"


def test_without_comments_every_module_can_still_be_read(tmp_path: Path) -> None:
    """Node reads them all as one page of modules would: a program that imports each, compiled and not run."""
    node = find_program("node")
    listed = []
    for number, file in enumerate(OWN):
        copy = tmp_path / f"{number}.js"
        copy.write_text(without_comments(file.read_text(encoding="utf-8")), encoding="utf-8")
        listed.append(str(copy))
    program = (
        "const { readFileSync } = require('fs'); const { SourceTextModule } = require('vm');"
        "for (const name of process.argv.slice(1)) new SourceTextModule(readFileSync(name, 'utf8'));"
    )
    command = [str(node), "--experimental-vm-modules", "--no-warnings", "-e", program, "--", *listed]
    subprocess.run(command, check=True, capture_output=True, text=True)


def test_a_page_names_its_files_by_the_version(folder: Path) -> None:
    tree = WebTree(folder)
    page, script = tree.page("chat"), tree.get("chat/main.js")
    assert page.content.decode() == f'<script src="/static/v-{tree.version}/chat/main.js"></script>'
    assert script is not None
    assert script.content_type.startswith("text/javascript")
    assert gzip.decompress(script.packed) == script.content == b"let a = 1;\n"
    assert tree.get("chat/main.test.js") is None
    assert tree.get("../chat/main.js") is None


def test_what_changes_changes_the_version(folder: Path) -> None:
    tree = WebTree(folder)
    before = tree.version
    tree.look()
    assert tree.version == before
    (folder / "chat" / "main.js").write_text("let a = 2;\nlet b;\n")
    tree.look()
    assert tree.version != before
    (folder / "chat" / "main.js").unlink()
    tree.look()
    assert tree.get("chat/main.js") is None


def test_replicas_with_the_same_files_name_the_same_version(folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(folder / "chat", tmp_path / "other" / "chat").parent
    assert WebTree(folder / "chat").version == WebTree(copy / "chat").version
