"""Files nobody refers to are taken away after a period of grace; whose bytes are lost is told. Whatever breaks off."""

import os
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.adapters.file_folder import FileFolder, place_of
from bot.adapters.file_storage import FolderStorage
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Attachment
from bot.domain.file_types import attachment_of
from bot.domain.files import FileGone, StoredFile, Upload
from bot.domain.transitions import closed
from bot.files.clean_up import CLEAN_UP, EVERY, CleanUp
from bot.ports import Contact
from bot.settings import Settings
from bot.wiring.file_clean_up import build_clean_up
from tests import sample_files as samples
from tests.flows.desk import Desk

ANN = Contact("test:ann", "test")
GRACE = 24 * 3600


@pytest.fixture
def folder(settings: Settings) -> Path:
    return settings.data_dir / "files"


@pytest.fixture
def clean_up(desk: Desk, settings: Settings) -> CleanUp:
    return build_clean_up(desk.gasdesk, settings, desk.company)


async def taken(desk: Desk, content: bytes = samples.PNG) -> StoredFile:
    """An upload that was begun."""

    async def chunks() -> AsyncIterator[bytes]:
        yield content

    return await desk.gasdesk.files.take(Upload("表底.png", chunks()), contact_id=ANN.id)


async def sent(desk: Desk, content: bytes = samples.PNG) -> StoredFile:
    file = await taken(desk, content)
    attachment: Attachment = attachment_of(file)
    await desk.gasdesk.core.receive(ANN, None, attachment.label, attachment)
    await desk.gasdesk.settle()
    return file


def grows_old(desk: Desk, folder: Path, seconds: float = GRACE + 1) -> None:
    """What lies there was written now, by the desk's clock, and time passes."""
    for file in folder.rglob("*"):
        if file.is_file():
            os.utime(file, (desk.clock.now().timestamp(),) * 2)
    desk.clock.advance(seconds)


def lying(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.rglob("*") if file.is_file())


async def digest_of(desk: Desk, file: StoredFile) -> str:
    return (await desk.gasdesk.files.shelf.kept(file.id)).digest


async def test_an_upload_that_was_never_sent_goes_after_its_grace(desk: Desk, clean_up: CleanUp, folder: Path) -> None:
    file = await taken(desk)
    grows_old(desk, folder, GRACE - 1)
    assert (await clean_up.look()).unsent == 0
    assert await desk.gasdesk.files.shelf.read(file.id) == samples.PNG
    desk.clock.advance(2)
    found = await clean_up.look()
    assert (found.unsent, found.nobodys, lying(folder)) == (1, 1, [])
    with pytest.raises(FileGone):
        await desk.gasdesk.files.shelf.kept(file.id)


async def test_what_was_sent_stays_and_so_do_bytes_that_somebody_else_sent(
    desk: Desk, clean_up: CleanUp, folder: Path
) -> None:
    file = await sent(desk)
    await taken(desk)  # the same bytes, begun and not sent
    await desk.gasdesk.files.shelf.link(file.id, timedelta(days=7))
    grows_old(desk, folder, 40 * 24 * 3600)
    for unsent in (0, 0):  # older than what is looked at
        assert (await clean_up.look()).unsent == unsent
    assert await desk.gasdesk.files.shelf.read(file.id) == samples.PNG


async def test_bytes_without_a_row_and_broken_off_uploads_go(desk: Desk, clean_up: CleanUp, folder: Path) -> None:
    """Killed between the bytes and the row, and in the middle of the bytes."""
    async with FileFolder(folder).arriving() as arriving:
        await arriving.write(samples.PDF)
        await arriving.keep()
    (folder / "arriving" / "tmpabc").write_bytes(b"half")
    (folder / "README").write_text("the operator's own")
    grows_old(desk, folder)
    (folder / "arriving" / "tmpnew").write_bytes(b"half")
    found = await clean_up.look()
    assert (found.nobodys, found.broken_off) == (1, 1)
    assert lying(folder) == ["README", "tmpnew"]


async def test_a_row_without_bytes_is_told_and_kept(desk: Desk, clean_up: CleanUp, folder: Path) -> None:
    file, other = await sent(desk), await sent(desk, samples.PDF)
    place_of(folder, await digest_of(desk, file)).unlink()
    grows_old(desk, folder)
    with capture_logs() as logs:
        found = await clean_up.look()
    assert found.lost == [file.id]
    (told,) = [line for line in logs if line["action"] == "files_lost"]
    assert (told["log_level"], told["files"]) == ("error", [file.id])
    await desk.gasdesk.files.shelf.kept(file.id)  # a folder that was not mounted comes back
    assert await desk.gasdesk.files.shelf.read(other.id) == samples.PDF


async def test_who_brings_the_same_bytes_at_that_moment_loses_nothing(
    desk: Desk, folder: Path, monkeypatch: pytest.MonkeyPatch, clean_up: CleanUp
) -> None:
    async with FileFolder(folder).arriving() as arriving:
        await arriving.write(samples.PNG)
        digest = await arriving.keep()
    grows_old(desk, folder)
    look = FolderStorage.put_in_bin
    files = []

    async def meanwhile(storage: FolderStorage, digest: str, before: datetime) -> bool:
        files.append(await sent(desk))
        return await look(storage, digest, before)

    monkeypatch.setattr(FolderStorage, "put_in_bin", meanwhile)
    assert (await clean_up.look()).nobodys == 0
    assert await desk.gasdesk.files.shelf.read(files[0].id) == samples.PNG
    assert lying(folder) == [digest]


async def test_a_round_that_was_cut_short_is_taken_up_by_the_next(desk: Desk, clean_up: CleanUp, folder: Path) -> None:
    """Two lie in the bin: of one it turned out that it is somebody's."""
    file = await sent(desk)
    async with FileFolder(folder).arriving() as arriving:
        await arriving.write(samples.PDF)
        nobodys = await arriving.keep()
    grows_old(desk, folder)
    for digest in (await digest_of(desk, file), nobodys):
        assert await FolderStorage(folder).put_in_bin(digest, desk.clock.now())
    found = await clean_up.look()
    assert (found.nobodys, found.lost) == (1, [])
    assert await desk.gasdesk.files.shelf.read(file.id) == samples.PNG
    assert len(lying(folder)) == 1


async def test_it_is_done_by_the_clock_and_by_one_replica(desk: Desk, settings: Settings, folder: Path) -> None:
    await taken(desk)
    await desk.gasdesk.loops["file clean-up"]()
    timers = desk.gasdesk.stores.timers
    (timer,) = await timers.due(desk.clock.now() + EVERY, 9, [CLEAN_UP])
    grows_old(desk, folder)
    await desk.gasdesk.loops["file clean-up"]()
    assert await timers.due(desk.clock.now(), 9, [CLEAN_UP]) == [timer], "a restart does not put it off"
    other = build_clean_up(desk.gasdesk, settings, desk.company)
    with capture_logs() as logs:
        await desk.gasdesk.settle()
        await other.fire(timer)  # it had seen the timer due as well
        await other.settle()
    assert [line["unsent"] for line in logs if line.get("action") == "files_clean_up"] == [1]
    assert lying(folder) == []
    assert await timers.next_due_at([CLEAN_UP]) == desk.clock.now() + EVERY


class TestForAWhile:
    @pytest.fixture
    def company(self, company: CompanyProfile) -> CompanyProfile:
        records = company.records.model_copy(update={"file_days": 90})
        return company.model_copy(update={"records": records})

    async def test_files_go_so_long_after_the_end_of_their_conversation(
        self, desk: Desk, clean_up: CleanUp, folder: Path
    ) -> None:
        file = await sent(desk)
        await desk.gasdesk.files.shelf.link(file.id, timedelta(days=7))
        grows_old(desk, folder, 100 * 24 * 3600)
        assert (await clean_up.look()).outlived == 0, "the talk is not over"
        conversation = await desk.conversation()
        async with desk.gasdesk.stores.conversations.open(conversation.id) as work:
            work.conversation = closed(work.conversation, desk.clock.now())
        desk.clock.advance(89 * 24 * 3600)
        assert (await clean_up.look()).outlived == 0
        desk.clock.advance(2 * 24 * 3600)
        found = await clean_up.look()
        assert (found.outlived, found.nobodys, lying(folder)) == (1, 1, [])
        with pytest.raises(FileGone):
            await desk.gasdesk.files.shelf.read(file.id)
        (message, *_) = await desk.gasdesk.stores.transcripts.messages(conversation.id)
        assert message.text == "［图片］", "that it was sent is still told"
