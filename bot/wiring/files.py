"""Builds the room of files (docs/attachments.md)."""

import secrets
from collections.abc import Mapping
from datetime import timedelta

from fastapi import FastAPI

from bot.adapters.file_folder import FileFolder
from bot.adapters.sql.database import Database
from bot.adapters.sql.files import SqlFileBook
from bot.adapters.sql.single_messages import SqlMessages
from bot.channel import Channel
from bot.channels.attachments_api import attachment_routes, sending_routes
from bot.channels.auth import Auth
from bot.channels.file_links import link_routes
from bot.channels.web_files import web_file_routes
from bot.clock import Clock
from bot.conversation.fitting import Link
from bot.desk.send_file import SendFile
from bot.domain.file_types import attachment_of
from bot.domain.staff import Role
from bot.files.platform_media import PlatformMedia
from bot.files.shelf import FileShelf
from bot.files.take_file import MB, FileLimits, TakeFile
from bot.gasdesk import Gasdesk
from bot.parts import Files
from bot.settings import Settings
from bot.wiring.customers import history_of


def build_files(settings: Settings, database: Database, clock: Clock) -> Files:
    contents, book = _folder(settings), SqlFileBook(database)
    limits = FileLimits(
        size=settings.files.max_mb * MB,
        daily_files=settings.files.daily_files,
        daily_size=settings.files.daily_mb * MB,
    )
    take = TakeFile(contents, book, limits=limits, clock=clock, new_id=lambda: secrets.token_urlsafe(24))
    shelf = FileShelf(contents, book, clock=clock)
    return Files(take=take, shelf=shelf, media=PlatformMedia(contents, clock))


def _folder(settings: Settings) -> FileFolder:
    return FileFolder(settings.data_dir / "files", settings.files.keep_free_mb * MB)


def file_link(files: Files, settings: Settings) -> Link:
    """Links as people outside open them."""

    async def link(file_id: str, lasting: timedelta) -> str:
        return settings.own_url + await files.shelf.link(file_id, lasting)

    return link


def add_file_routes(
    api: FastAPI, gasdesk: Gasdesk, auth: Auth, channels: Mapping[str, Channel], settings: Settings
) -> None:
    stores, files = gasdesk.stores, gasdesk.files
    api.include_router(
        attachment_routes(
            reading=auth.requires(Role.AGENT, Role.LEAD, Role.INSPECTOR),
            transcripts=stores.transcripts,
            history=history_of(stores, gasdesk.clock),
            channels=channels,
            shelf=files.shelf,
            media=files.media,
        )
    )
    api.include_router(link_routes(files.shelf))
    messages = SqlMessages(stores.database)
    api.include_router(
        web_file_routes(take_file=files.take, take_in=gasdesk.core.take_in, messages=messages, shelf=files.shelf)
    )
    send = SendFile(
        transcripts=stores.transcripts,
        messages=messages,
        acts=gasdesk.core.acts,
        take_file=files.take,
        attachment_of=attachment_of,
        channels=channels,
        linked=settings.public_url is not None,
    )
    api.include_router(sending_routes(serving=auth.requires(Role.AGENT, Role.LEAD), send=send))
