"""A customer on Telegram."""

from dataclasses import dataclass

from tests.flows.desk import Desk
from tests.flows.live import eventually, quiet
from tests.flows.telegram_server import Fault, TelegramServer, tapped, written

CHAT = 4_200_001
#: A part of a longer message ends at a sentence, so it need not be quite full.
NEARLY_FULL = 3_900


@dataclass
class TelegramPeer:
    desk: Desk
    url: str
    server: TelegramServer
    chat: int = CHAT

    @property
    def contact_id(self) -> str:
        return f"telegram:{self.chat}"

    async def write(self, text: str, number: int) -> bool:
        return await self.server.bring(self.url, written(self.chat, number, text=text)) == 200

    async def write_unknown(self, number: int) -> None:
        dice = written(self.chat, number, dice={"emoji": "🎲", "value": 3})
        assert await self.server.bring(self.url, dice) == 200

    async def tap(self, data: str, number: int) -> None:
        assert await self.server.bring(self.url, tapped(self.chat, number, data)) == 200

    def heard(self) -> list[str]:
        """A message that fills the limit goes on in the next."""
        whole: list[str] = []
        last = ""
        for text in self.server.chats[self.chat]:
            if len(last) > NEARLY_FULL:
                whole[-1] += text
            else:
                whole.append(text)
            last = text
        return whole

    async def outage(self) -> None:
        self.server.fault = lambda method, chat: Fault.BAD_GATEWAY

    async def recovery(self) -> None:
        self.server.fault = lambda method, chat: None
        outbox = self.desk.gasdesk.core.outbox
        while outbox._lines:
            await eventually(lambda: outbox.idle)
            self.desk.clock.advance(120)
            await quiet()  # a line that was at rest looks at the clock
