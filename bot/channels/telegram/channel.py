"""Messages to customers on Telegram."""

from collections.abc import Sequence

import structlog
from telegram import Bot, LinkPreviewOptions
from telegram.constants import ChatAction, MessageLimit
from telegram.error import TelegramError

from bot.channel import SENT, Capabilities, Outcome
from bot.channels.dividing import divide, utf16_length
from bot.channels.telegram.buttons import keyboard
from bot.channels.telegram.faults import outcome_of
from bot.domain.conversations import Delivery, Message

log = structlog.get_logger()

CHANNEL = "telegram"
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


def contact_id(chat_id: int) -> str:
    return f"{CHANNEL}:{chat_id}"


def chat_id(contact_id: str) -> int:
    return int(contact_id.removeprefix(f"{CHANNEL}:"))


class TelegramChannel:
    """Implements channel.Channel."""

    name = CHANNEL
    capabilities = Capabilities(
        text_limit=MessageLimit.MAX_TEXT_LENGTH, buttons=True, typing=True, attachments=True, merges=False
    )

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        #: How many parts of a long message have arrived, by contact and number, while the rest is tried again.
        self._parts: dict[tuple[str, int], int] = {}

    async def send(self, contact_id: str, messages: Sequence[Message]) -> Sequence[Outcome]:
        message = messages[0]
        key = (contact_id, message.seq)
        parts = divide(message.text, self.capabilities.text_limit, utf16_length)
        state = SENT
        for number in range(self._parts.get(key, 0), len(parts)):
            outcome = await self._send_part(contact_id, parts[number], message, last=number == len(parts) - 1)
            if outcome.delivery is Delivery.FAILED:
                state = outcome
                break
            self._parts[key] = number + 1
            state = outcome if outcome.delivery is Delivery.UNCERTAIN else state
        self._parts.pop(key, None)
        return [state]

    async def _send_part(self, contact_id: str, text: str, message: Message, *, last: bool) -> Outcome:
        try:
            await self._bot.send_message(
                chat_id(contact_id),
                text,
                reply_markup=keyboard(message) if last else None,
                link_preview_options=_NO_PREVIEW,
            )
        except TelegramError as problem:
            return outcome_of(problem)
        return SENT

    async def typing(self, contact_id: str, on: bool, speaker: str) -> None:
        """Telegram shows it for five seconds, or until the next message; it cannot be taken back."""
        if not on:
            return
        try:
            await self._bot.send_chat_action(chat_id(contact_id), ChatAction.TYPING)
        except TelegramError as problem:
            log.debug("typing was not shown", action="typing_failed", channel=CHANNEL, reason=str(problem))
