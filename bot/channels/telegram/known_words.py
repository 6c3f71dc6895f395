"""Tells a message whose words were changed from one that Telegram reports for what no bot sees (a preview, for one)."""

from collections import OrderedDict

from bot.channels.telegram.reading import Written
from bot.domain.conversations import Speaker
from bot.domain.text import tidy
from bot.ports import Transcripts

#: Messages whose words are remembered; a change comes within minutes, or never.
REMEMBERED = 10_000
#: Messages of a customer that are looked through after a restart.
RECENT = 20


class KnownWords:
    def __init__(self, transcripts: Transcripts) -> None:
        self._transcripts = transcripts
        self._words: OrderedDict[tuple[str, int], str] = OrderedDict()

    def remember(self, written: Written) -> None:
        self._words[_key(written)] = tidy(written.incoming.text)
        while len(self._words) > REMEMBERED:
            self._words.popitem(last=False)

    async def is_known(self, written: Written) -> bool:
        """It has the words it had; of one from before a restart: the customer has said them already."""
        words, before = tidy(written.incoming.text), self._words.get(_key(written))
        if before is not None:
            return words == before
        history = await self._transcripts.history(written.contact.id, 0)
        own = [message.text for message in history if message.speaker is Speaker.CUSTOMER]
        return words in own[-RECENT:]


def _key(written: Written) -> tuple[str, int]:
    return written.contact.id, written.message_id
