"""The Official Account's interface (客服消息)."""

import json
from collections.abc import Mapping
from typing import Any

from bot.adapters.wechat.calls import Json, MayHaveArrived, Surroundings, TokenApi
from bot.adapters.wechat.problems import ADVICE

__all__ = ["MayHaveArrived", "WeChatApi"]


class WeChatApi(TokenApi):
    advice = ADVICE

    def __init__(self, app_id: str, app_secret: str, around: Surroundings) -> None:
        super().__init__(app_id, around)
        self._app_id = app_id
        self._app_secret = app_secret

    async def send(self, open_id: str, message: Mapping[str, Any]) -> None:
        """A customer-service message; `message` holds `msgtype` and what belongs to it.

        Raises WeChatError, ChannelDown (nothing arrived) and MayHaveArrived.
        """
        await self._post("message/custom/send", {"touser": open_id, **message})

    async def typing(self, open_id: str, on: bool) -> None:
        """Shown for 15 seconds, or until a message comes. Raises as `send` does."""
        await self._post("message/custom/typing", {"touser": open_id, "command": "Typing" if on else "CancelTyping"})

    async def _token(self, force: bool) -> Json:
        body = {
            "grant_type": "client_credential",
            "appid": self._app_id,
            "secret": self._app_secret,
            "force_refresh": force,
        }
        return await self._call("stable_token", {}, json.dumps(body).encode())
