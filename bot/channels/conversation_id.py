"""The conversation named in a path."""

import re
from typing import Annotated

from fastapi import Depends

from bot.channels.errors import not_found

_ID = re.compile(r"[\w.:\-]{1,64}")


def _conversation_id(conversation_id: str) -> str:
    if not _ID.fullmatch(conversation_id):
        raise not_found("会话")
    return conversation_id


#: What cannot be an id is an id of nothing: 404, and no question to the database.
ConversationId = Annotated[str, Depends(_conversation_id)]
