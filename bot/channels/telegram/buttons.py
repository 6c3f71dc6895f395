"""Buttons under a message, and what a tap on one says."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit

from bot.domain.conversations import Button, Message
from bot.ports import Transcripts

#: Begins the data of a button whose payload is too long for Telegram: "#12.0" is the first button of message 12.
_REFERENCE = "#"
#: Buttons whose titles together are no longer than this stand side by side.
_ROW_CHARACTERS = 16


def keyboard(message: Message) -> InlineKeyboardMarkup | None:
    rows: list[list[InlineKeyboardButton]] = []
    room = 0
    for place, button in enumerate(message.buttons):
        key = InlineKeyboardButton(button.title, callback_data=_data(message.seq, place, button))
        if rows and len(button.title) <= room:
            rows[-1].append(key)
            room -= len(button.title)
        else:
            rows.append([key])
            room = _ROW_CHARACTERS - len(button.title)
    return InlineKeyboardMarkup(rows) if rows else None


async def said_by(data: str, contact_id: str, transcripts: Transcripts) -> str | None:
    """What a tap on the button says for the customer; None if there is no such button any more."""
    if not data.startswith(_REFERENCE):
        return data
    seq, _, place = data.removeprefix(_REFERENCE).partition(".")
    if not (seq.isdecimal() and place.isdecimal()) or int(seq) < 1:
        return None
    found = await transcripts.history(contact_id, int(seq) - 1)
    buttons = next((message.buttons for message in found if message.seq == int(seq)), ())
    return buttons[int(place)].payload if int(place) < len(buttons) else None


def _data(seq: int, place: int, button: Button) -> str:
    too_long = len(button.payload.encode()) > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA
    if too_long or not button.payload or button.payload.startswith(_REFERENCE):
        return f"{_REFERENCE}{seq}.{place}"
    return button.payload
