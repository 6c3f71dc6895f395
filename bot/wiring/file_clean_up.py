"""Builds what tidies up the files (docs/attachments.md)."""

from datetime import timedelta

from bot.adapters.file_storage import FolderStorage
from bot.adapters.sql.file_inventory import SqlFileInventory
from bot.domain.company import CompanyProfile
from bot.files.clean_up import CLEAN_UP, CleanUp, Keeping
from bot.gasdesk import Gasdesk
from bot.settings import Settings


def build_clean_up(gasdesk: Gasdesk, settings: Settings, company: CompanyProfile) -> CleanUp:
    days = company.records.file_days
    return CleanUp(
        book=SqlFileInventory(gasdesk.stores.database),
        storage=FolderStorage(settings.data_dir / "files"),
        keeping=Keeping(grace=timedelta(hours=settings.files.grace_hours), sent=timedelta(days=days) if days else None),
        timers=gasdesk.stores.timers,
        timer_set=gasdesk.core.timers.set,
        exclusive=gasdesk.stores.exclusive,
        clock=gasdesk.clock,
    )


def add_clean_up(gasdesk: Gasdesk, settings: Settings, company: CompanyProfile) -> None:
    clean_up = build_clean_up(gasdesk, settings, company)
    gasdesk.core.timers.add({CLEAN_UP: clean_up.fire})
    gasdesk.loops["file clean-up"] = clean_up.start
    gasdesk.settling.append(clean_up.settle)
    gasdesk.closing.append(clean_up.close)
