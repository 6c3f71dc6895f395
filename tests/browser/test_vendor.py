"""What others wrote is kept as they published it."""

import hashlib
import json

from tests.browser.axe import VENDOR


def test_the_vendored_files_are_the_published_ones() -> None:
    lock = json.loads((VENDOR / "vendor.lock.json").read_text(encoding="utf-8"))
    locked = {entry["file"]: entry["sha256"] for package in lock["packages"] for entry in package["files"]}
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.iterdir()}
    del found["vendor.lock.json"]
    assert found == locked
