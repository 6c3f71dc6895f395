"""A published npm package, fetched once by npm itself and checked against its known hash."""

import base64
import hashlib
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from bot.settings import ROOT

CACHE = ROOT / ".cache" / "npm"
FETCH_SECONDS = 60


def npm_package(name: str, version: str, integrity: str) -> Path:
    """The folder of the unpacked package. Without npm or its registry the test is skipped; in CI it fails.

    Args:
        integrity: the registry's own hash of the archive, "sha512-…".
    """
    archive = CACHE / f"{name}-{version}.tgz"
    if not archive.exists():
        _fetch(f"{name}@{version}")
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != integrity:
        archive.unlink()
        pytest.fail(f"{name} {version} is not what was published: {found}", pytrace=False)
    folder = CACHE / f"{name}-{version}"
    if not folder.exists():
        with tarfile.open(archive) as packed:
            packed.extractall(folder, filter="data")
    return folder / "package"


def _fetch(package: str) -> None:
    npm = shutil.which("npm")
    if npm is None:
        _missing("npm is not installed: run 'make test-deps'")
    CACHE.mkdir(parents=True, exist_ok=True)
    command = [str(npm), "pack", package, "--pack-destination", str(CACHE), "--silent"]
    try:
        subprocess.run(command, cwd=CACHE, check=True, capture_output=True, timeout=FETCH_SECONDS, text=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as problem:
        last = str(problem.stderr or problem).strip().splitlines()[-1:]
        _missing(f"npm cannot fetch {package}: {' '.join(last)}")


def _missing(why: str) -> None:
    if os.environ.get("CI") == "true":
        pytest.fail(why, pytrace=False)
    pytest.skip(why)
