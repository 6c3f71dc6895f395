"""Shows the customer that the assistant is at work on his question."""

import asyncio

from bot.channel import Channel
from bot.domain.events import ConversationChanged


class ShowTyping:
    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._background: set[asyncio.Task[None]] = set()

    def conversation_changed(self, event: ConversationChanged) -> None:
        """A reaction; it waits for nobody, for what is typed matters more than that it is being typed."""
        c, before = event.conversation, event.before
        if c.channel != self._channel.name or not c.assistant_owes or (before and before.assistant_owes):
            return
        task = asyncio.create_task(self._channel.typing(c.contact_id, True, "bot"))
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def close(self) -> None:
        for task in self._background:
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
