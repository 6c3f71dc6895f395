"""Makes a message fit its channel: a file that the channel cannot send goes as words with a link."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

from bot.channel import Capabilities
from bot.domain.company import CompanyProfile
from bot.domain.conversations import Message

#: The address at which a file (its id) may be had for so long.
Link = Callable[[str, timedelta], Awaitable[str]]


class FitToChannel:
    def __init__(self, link: Link, company: CompanyProfile) -> None:
        self._link = link
        self._company = company

    async def __call__(self, capabilities: Capabilities, message: Message) -> Message:
        attachment = message.attachment
        if attachment is None or attachment.file is None or capabilities.carries(attachment.file):
            return message
        say = self._company.channel_scripts
        address = await self._link(attachment.file.id, timedelta(days=say.file_link_days))
        values = {"file": attachment.label, "link": address, "days": say.file_link_days}
        line = self._company.fill(say.file_link, **values)
        return replace(message, text="\n".join(filter(None, (message.caption, line))), attachment=None)
