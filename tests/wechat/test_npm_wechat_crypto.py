"""A second independent client: npm's wechat-crypto, run by Node, as Node programs in China use it since 2014."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from bot.channels.wechat.crypto import AesKey, signature
from tests.browser.npm import npm_package

INTEGRITY = "sha512-VGCWUmg+4klU+auFBhhiVRBvBsMYnfgQ4ZhW9XQDrMXSYJDCuBvsc8BCwAdAFr9JY9EluYQCbSA9tMUpdd5cPg=="
TOKEN, APP_ID = "AAAAA", "wxba5fad812f8e6fb9"
ENCODING_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
KEY = AesKey.of(ENCODING_KEY)
TEXTS = ["", "a", "漏气了", "气" * 300, "x" * 11, "x" * 12, "]]>&<xml>"]

_PROGRAM = """
const Crypt = require(process.argv[1]);
const {token, key, id, encrypted, texts} = JSON.parse(process.argv[2]);
const crypt = new Crypt(token, key, id);
console.log(JSON.stringify({
  read: encrypted.map(text => crypt.decrypt(text)),
  written: texts.map(text => crypt.encrypt(text)),
  signatures: encrypted.map(text => crypt.getSignature("1714112445", "415670741", text)),
}));
"""


@pytest.fixture(scope="module")
def peer() -> dict[str, Any]:
    """What it makes of our texts, and we of its."""
    folder: Path = npm_package("wechat-crypto", "0.0.2", INTEGRITY)
    node = shutil.which("node")
    assert node, "npm comes with Node.js"
    encrypted = [KEY.encrypt(text.encode(), APP_ID) for text in TEXTS]
    task = {"token": TOKEN, "key": ENCODING_KEY, "id": APP_ID, "encrypted": encrypted, "texts": TEXTS}
    command = [node, "--no-deprecation", "-e", _PROGRAM, str(folder), json.dumps(task)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=30)
    return {"encrypted": encrypted, **json.loads(done.stdout)}


def test_it_reads_what_we_encrypt(peer: dict[str, Any]) -> None:
    assert peer["read"] == [{"message": text, "id": APP_ID} for text in TEXTS]


def test_we_read_what_it_encrypts(peer: dict[str, Any]) -> None:
    assert [KEY.decrypt(encrypted, APP_ID).decode() for encrypted in peer["written"]] == TEXTS


def test_both_sign_alike(peer: dict[str, Any]) -> None:
    wanted = [signature(TOKEN, "1714112445", "415670741", encrypted) for encrypted in peer["encrypted"]]
    assert peer["signatures"] == wanted
