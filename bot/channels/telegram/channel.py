"""Messages to customers on Telegram."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import structlog
from telegram import Bot, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ChatAction, MessageLimit
from telegram.error import TelegramError

from bot.channel import SENT, Capabilities, Media, Outcome, gone
from bot.channels.dividing import divide, utf16_length
from bot.channels.telegram import files
from bot.channels.telegram.buttons import keyboard
from bot.channels.telegram.faults import outcome_of
from bot.domain.conversations import Delivery, Message
from bot.domain.files import FileGone, StoredFile

log = structlog.get_logger()

CHANNEL = "telegram"
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def contact_id(chat_id: int) -> str:
    return f"{CHANNEL}:{chat_id}"


def chat_id(contact_id: str) -> int:
    return int(contact_id.removeprefix(f"{CHANNEL}:"))


#: Hands over a part of a message. Raises TelegramError and FileGone.
Part = Callable[[], Awaitable[object]]


class TelegramChannel:
    """Implements channel.Channel."""

    name = CHANNEL
    capabilities = Capabilities(
        text_limit=MessageLimit.MAX_TEXT_LENGTH,
        buttons=True,
        typing=True,
        attachments=True,
        sends=files.SENDS,
        merges=False,
    )

    def __init__(self, bot: Bot, read_file: Callable[[str], Awaitable[bytes]]) -> None:
        """`read_file` gives the bytes of a file of ours by its id; raises FileGone."""
        self._bot = bot
        self._read_file = read_file
        #: How many parts of a long message have arrived, by contact and number, while the rest is tried again.
        self._parts: dict[tuple[str, int], int] = {}

    async def send(self, contact_id: str, messages: Sequence[Message]) -> Sequence[Outcome]:
        message = messages[0]
        key, parts = (contact_id, message.seq), self._parts_of(chat_id(contact_id), message)
        state = SENT
        for number in range(self._parts.get(key, 0), len(parts)):
            outcome = await _hand_over(parts[number])
            if outcome.delivery is Delivery.FAILED:
                state = outcome
                break
            self._parts[key] = number + 1
            state = outcome if outcome.delivery is Delivery.UNCERTAIN else state
        self._parts.pop(key, None)
        return [state]

    async def fetch(self, reference: str) -> Media:
        """See channel.FetchesAttachments."""
        return await files.fetch(self._bot, reference)

    def _parts_of(self, chat: int, message: Message) -> Sequence[Part]:
        file = message.attachment.file if message.attachment else None
        if file is None:
            texts = divide(message.text, self.capabilities.text_limit, utf16_length)
            return [partial(self._send_text, chat, text, None) for text in texts[:-1]] + [
                partial(self._send_text, chat, texts[-1], keyboard(message))
            ]
        if utf16_length(message.caption) <= MessageLimit.CAPTION_LENGTH:
            return [partial(self._send_file, chat, file, message.caption)]
        words = divide(message.caption, self.capabilities.text_limit, utf16_length)
        return [
            *(partial(self._send_text, chat, text, None) for text in words),
            partial(self._send_file, chat, file, ""),
        ]

    async def _send_text(self, chat: int, text: str, buttons: InlineKeyboardMarkup | None) -> None:
        await self._bot.send_message(chat, text, reply_markup=buttons, link_preview_options=_NO_PREVIEW)

    async def _send_file(self, chat: int, file: StoredFile, caption: str) -> None:
        await files.send(self._bot, chat, file, await self._read_file(file.id), caption)

    async def typing(self, contact_id: str, on: bool, speaker: str) -> None:
        """Telegram shows it for five seconds, or until the next message; it cannot be taken back."""
        if not on:
            return
        try:
            await self._bot.send_chat_action(chat_id(contact_id), ChatAction.TYPING)
        except TelegramError as problem:
            log.debug("typing was not shown", action="typing_failed", channel=CHANNEL, reason=str(problem))


async def _hand_over(part: Part) -> Outcome:
    try:
        await part()
    except FileGone:
        return gone("文件已不在，请重新发送")
    except TelegramError as problem:
        return outcome_of(problem)
    return SENT
