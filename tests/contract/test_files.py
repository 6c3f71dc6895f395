"""Files: the bytes on a disk, the book of them on both databases."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.file_folder import FileFolder, place_of
from bot.adapters.sql.database import Database
from bot.adapters.sql.files import SqlFileBook
from bot.domain.files import FileGone, FileRefused, Upload
from bot.files.shelf import FileShelf
from bot.files.take_file import FileLimits, TakeFile
from bot.testing import ManualClock
from tests import sample_files as samples
from tests.contract.people import add_staff

DAY = timedelta(days=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "files"


@pytest.fixture
def shelf(folder: Path, database: Database, clock: ManualClock) -> FileShelf:
    return FileShelf(FileFolder(folder), SqlFileBook(database), clock=clock)


@pytest.fixture
def take(folder: Path, database: Database, clock: ManualClock) -> TakeFile:
    numbers = iter(range(100))
    return TakeFile(
        FileFolder(folder),
        SqlFileBook(database),
        limits=FileLimits(size=1000, daily_files=3, daily_size=1500),
        clock=clock,
        new_id=lambda: f"f{next(numbers)}",
    )


def upload(*chunks: bytes, name: str = "a.png") -> Upload:
    async def come() -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield chunk

    return Upload(name, come())


def left_lying(folder: Path) -> list[str]:
    return [file.name for file in folder.rglob("*") if file.is_file()]


async def test_what_was_taken_is_handed_out(take: TakeFile, shelf: FileShelf, folder: Path) -> None:
    file = await take(upload(samples.PNG[:30], samples.PNG[30:], name="表底.jpg"), contact_id="web:ann")
    assert (file.name, file.content_type, file.size) == ("表底.png", "image/png", len(samples.PNG))
    assert await shelf.read(file.id) == samples.PNG
    kept = await shelf.kept(file.id)
    assert (kept.file, kept.contact_id, kept.staff_id) == (file, "web:ann", None)
    assert (await shelf.at(kept)).read_bytes() == samples.PNG
    assert left_lying(folder) == [kept.digest]


async def test_the_same_bytes_lie_there_once(take: TakeFile, shelf: FileShelf, folder: Path) -> None:
    files = [await take(upload(samples.PDF), contact_id=f"web:{who}") for who in "ab"]
    assert files[0].id != files[1].id
    assert [await shelf.read(file.id) for file in files] == [samples.PDF] * 2
    assert len(left_lying(folder)) == 1


async def test_nobody_else_on_the_machine_reads_them(take: TakeFile, shelf: FileShelf, folder: Path) -> None:
    file = await take(upload(samples.PNG), contact_id="web:ann")
    place = place_of(folder, (await shelf.kept(file.id)).digest)
    assert place.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "空的"), (samples.HTML, "不能发送"), (samples.PNG + b"\0" * 1000, "控制在 0 MB")],
)
async def test_what_is_refused_leaves_nothing(take: TakeFile, folder: Path, content: bytes, why: str) -> None:
    with pytest.raises(FileRefused, match=why):
        await take(upload(content), contact_id="web:ann")
    assert left_lying(folder) == []


async def test_a_full_disk_takes_none(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="暂时不能接收"):
        async with FileFolder(tmp_path, spare=1 << 60).arriving():
            pass


async def test_an_upload_that_breaks_off_leaves_nothing(take: TakeFile, folder: Path) -> None:
    async def breaks() -> AsyncIterator[bytes]:
        yield samples.PNG
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await take(Upload("a.png", breaks()), contact_id="web:ann")
    assert left_lying(folder) == []


async def test_a_customer_sends_so_many_a_day(take: TakeFile, clock: ManualClock) -> None:
    for _ in range(3):
        await take(upload(samples.PNG), contact_id="web:ann")
    with pytest.raises(FileRefused, match="已经很多"):
        await take(upload(samples.PNG), contact_id="web:ann")
    await take(upload(samples.PNG), contact_id="web:bob")
    clock.advance(DAY.total_seconds() + 1)
    await take(upload(samples.PNG), contact_id="web:ann")


async def test_a_customer_sends_so_many_bytes_a_day(take: TakeFile) -> None:
    await take(upload(samples.PNG + b"\0" * 900), contact_id="web:ann")
    with pytest.raises(FileRefused, match="总量已到上限"):
        await take(upload(samples.PNG + b"\0" * 900), contact_id="web:ann")


async def test_what_agents_send_is_not_the_customers(take: TakeFile, database: Database) -> None:
    await add_staff(database, "101")
    for _ in range(4):
        await take(upload(samples.PNG), contact_id="web:ann", staff_id="101")
    await take(upload(samples.PNG), contact_id="web:ann")


async def test_what_is_not_there_is_gone(take: TakeFile, shelf: FileShelf, folder: Path) -> None:
    with pytest.raises(FileGone):
        await shelf.read("nothing")
    file = await take(upload(samples.PNG), contact_id="web:ann")
    kept = await shelf.kept(file.id)
    place_of(folder, kept.digest).unlink()
    with pytest.raises(FileGone):
        await shelf.read(file.id)
    with pytest.raises(FileGone):
        await shelf.at(kept)


async def test_a_link_opens_one_file_for_a_while(take: TakeFile, shelf: FileShelf, clock: ManualClock) -> None:
    file = await take(upload(samples.PNG), contact_id="web:ann")
    path = await shelf.link(file.id, DAY)
    token = path.removeprefix("/files/")
    assert len(token) >= 40
    assert (await shelf.linked(token)).file == file
    with pytest.raises(FileGone):
        await shelf.linked(token + "x")
    clock.advance(DAY.total_seconds())
    with pytest.raises(FileGone):
        await shelf.linked(token)
    await shelf.link(file.id, DAY)  # the old one is swept away with it
    with pytest.raises(FileGone):
        await shelf.linked(token)
