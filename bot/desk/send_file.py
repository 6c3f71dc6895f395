"""An agent sends a picture or a file: taken only from who has the conversation, to a channel that gets it through."""

from collections.abc import Callable, Mapping
from typing import Protocol

from bot.channel import Channel
from bot.desk.agent_acts import AgentActs
from bot.desk.permission import must_own, refuse_if
from bot.domain.conversations import Attachment, Message
from bot.domain.files import StoredFile, Upload
from bot.domain.staff import Staff
from bot.ports import NoSuchConversation, Transcripts


class TakeFile(Protocol):
    async def __call__(self, upload: Upload, *, contact_id: str, staff_id: str | None = None) -> StoredFile: ...


class Messages(Protocol):
    async def by_id(self, contact_id: str, message_id: str) -> Message | None: ...


class SendFile:
    def __init__(
        self,
        *,
        transcripts: Transcripts,
        messages: Messages,
        acts: AgentActs,
        take_file: TakeFile,
        attachment_of: Callable[[StoredFile], Attachment],
        channels: Mapping[str, Channel],
        linked: bool,
    ) -> None:
        """`linked`: customers outside can open a link to gasdesk."""
        self._transcripts = transcripts
        self._messages = messages
        self._acts = acts
        self._take_file = take_file
        self._attachment_of = attachment_of
        self._channels = channels
        self._linked = linked

    async def __call__(self, conversation_id: str, who: Staff, message_id: str, upload: Upload) -> Message:
        """Keep the file and send it. The same id twice is one message.

        Raises FileRefused, NotAllowed, NoSuchConversation.
        """
        c = await self._transcripts.get(conversation_id)
        if c is None:
            raise NoSuchConversation(conversation_id)
        known = await self._messages.by_id(c.contact_id, message_id)
        if known:
            return known
        must_own(c, who)  # before a single byte is taken
        file = await self._take_file(upload, contact_id=c.contact_id, staff_id=who.staff_id)
        self._refuse_unsendable(c.channel, file)
        return await self._acts.send(conversation_id, who, message_id, self._attachment_of(file))

    def _refuse_unsendable(self, name: str, file: StoredFile) -> None:
        channel = self._channels.get(name)
        carried = channel is None or channel.capabilities.carries(file)
        refuse_if(not carried and not self._linked, "用户使用的渠道收不到这种文件，请改用文字说明。")
