"""Files of customers and agents, for the Official Account and 微信客服 alike."""

from collections.abc import Set

from bot.adapters.wechat.calls import MayHaveArrived, TokenApi
from bot.adapters.wechat.problems import STALE_TOKEN, WeChatError
from bot.channel import ChannelDown, Media, MediaGone
from bot.domain.files import StoredFile


class PassesFiles:
    def __init__(self, api: TokenApi, later: Set[int]) -> None:
        """`later`: the codes of a platform that is only busy."""
        self._gives = api
        self._later = later

    async def upload(self, kind: str, file: StoredFile, content: bytes) -> str:
        """Its media id. Raises MediaRefused and ChannelDown."""
        return await self._gives.upload(kind, file, content)

    async def fetch(self, media_id: str) -> Media:
        """What a customer sent. Raises MediaGone and ChannelDown."""
        try:
            return await self._gives.download(media_id)
        except WeChatError as problem:
            later = problem.code in self._later or problem.code in STALE_TOKEN
            raise (ChannelDown if later else MediaGone)(str(problem)) from None
        except MayHaveArrived as problem:
            raise ChannelDown(str(problem)) from None
