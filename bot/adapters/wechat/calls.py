"""Calls of Tencent's interfaces with an access token: each says whether it went well, surely did not, or may have."""

import json
from abc import abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp

from bot.adapters.own_session import OwnSession
from bot.adapters.wechat.problems import BAD_FILE, STALE_TOKEN, WeChatError
from bot.adapters.wechat.tokens import EARLY, AccessTokens, KeptState
from bot.channel import ChannelDown, Media, MediaRefused, MediaTooLarge
from bot.clock import Clock
from bot.domain.files import StoredFile
from bot.ports import Exclusive

#: A call that takes longer may have arrived or not.
PATIENCE_SECONDS = 10.0
LARGEST_MEDIA = 20 * 1024 * 1024

type Json = dict[str, Any]


class MayHaveArrived(Exception):
    """The answer was lost after the call had been sent."""


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What calls need beside credentials."""

    #: What replicas share: the token, and whose turn it is to fetch one.
    kept: KeptState
    exclusive: Exclusive
    clock: Clock
    base_url: str
    #: Seconds.
    patience: float = PATIENCE_SECONDS


class TokenApi(OwnSession):
    """What the interfaces of the Official Account and of 微信客服 have in common."""

    #: What an operator can do about an `errcode`.
    advice: Mapping[int, str] = {}

    def __init__(self, account: str, around: Surroundings, early: timedelta = EARLY) -> None:
        """`account` tells the token from others'; it is asked for `early` before the present one ends."""
        self._base_url = around.base_url.rstrip("/")
        self._patience = aiohttp.ClientTimeout(total=around.patience)
        self._tokens = AccessTokens(
            account,
            fetch=self._fetch_token,
            kept=around.kept,
            exclusive=around.exclusive,
            clock=around.clock,
            early=early,
            advice=self.advice,
        )

    @abstractmethod
    async def _token(self, force: bool) -> Json:
        """The answer to a request for a token. Raises ChannelDown and MayHaveArrived."""

    async def upload(self, kind: str, file: StoredFile, content: bytes) -> str:
        """Its media id, good for three days; `kind`: image, voice, video, file. Raises MediaRefused, ChannelDown."""

        async def upload(token: str) -> Json:
            form = aiohttp.FormData()
            form.add_field("media", content, filename=file.name, content_type=file.content_type)
            return await self._call("media/upload", {"access_token": token, "type": kind}, form)

        try:
            return str((await self._with_token(upload))["media_id"])
        except MayHaveArrived as problem:
            raise ChannelDown(str(problem)) from None  # uploading it again does no harm
        except WeChatError as problem:
            if problem.code in BAD_FILE:
                raise MediaRefused(f"微信不接受这个文件（{problem.code}），请换一种格式，或改用文字说明") from None
            raise ChannelDown(str(problem)) from None

    async def download(self, media_id: str) -> Media:
        """What a customer sent: it is kept for three days. Raises WeChatError, MediaTooLarge and ChannelDown."""
        found: Media | None = None

        async def fetch(token: str) -> Json:
            nonlocal found
            answer = await self._fetch_media(media_id, token)
            if isinstance(answer, Media):
                found = answer
                return {}
            return answer

        await self._with_token(fetch)
        if found is None:
            raise ChannelDown("an answer without media")
        return found

    async def check(self) -> None:
        """Whether the credentials are good. Raises ChannelDown, with `advice` if they are refused."""
        await self._tokens.current()

    async def _post(self, path: str, body: Mapping[str, Any]) -> Json:
        data = json.dumps(body, ensure_ascii=False).encode()
        return await self._with_token(lambda token: self._call(path, {"access_token": token}, data))

    async def _with_token(self, call: Callable[[str], Awaitable[Json]]) -> Json:
        """Call; once more with another token when the one we have is refused."""
        token = await self._tokens.current()
        answer = await call(token)
        if answer.get("errcode") in STALE_TOKEN:
            answer = await call(await self._tokens.current(rejected=token))
        self._raise_for(answer)
        return answer

    async def _fetch_token(self, force: bool) -> Json:
        try:
            answer = await self._token(force)
        except MayHaveArrived as problem:
            raise ChannelDown(str(problem)) from None  # asking again does no harm
        self._raise_for(answer)
        return answer

    def _raise_for(self, answer: Mapping[str, Any]) -> None:
        """Raises WeChatError unless the answer says it went well."""
        if answer.get("errcode"):
            raise WeChatError(answer, self.advice)

    async def _call(
        self, path: str, query: Mapping[str, str], data: bytes | aiohttp.FormData | None = None, method: str = "POST"
    ) -> Json:
        url = f"{self._base_url}/cgi-bin/{path}"
        try:
            async with self._http.request(method, url, params=query, data=data) as response:
                body, status = await response.read(), response.status
        except aiohttp.ClientConnectorError as problem:
            raise ChannelDown(f"out of reach: {type(problem).__name__}") from None
        except (aiohttp.ClientError, TimeoutError) as problem:
            raise MayHaveArrived(f"no answer: {type(problem).__name__}") from None
        return _answer(body, status)

    async def _fetch_media(self, media_id: str, token: str) -> Media | Json:
        url, query = f"{self._base_url}/cgi-bin/media/get", {"access_token": token, "media_id": media_id}
        try:
            async with self._http.get(url, params=query) as response:
                content_type = response.content_type
                content = await _read_at_most(response, LARGEST_MEDIA)
        except (aiohttp.ClientError, TimeoutError) as problem:
            raise ChannelDown(f"out of reach: {type(problem).__name__}") from None
        if content_type in ("application/json", "text/plain"):
            return _answer(content, response.status)
        return Media(content, content_type)

    def _new_session(self) -> aiohttp.ClientSession:
        return aiohttp.ClientSession(timeout=self._patience)


async def _read_at_most(response: aiohttp.ClientResponse, limit: int) -> bytes:
    content = bytearray()
    async for chunk in response.content.iter_any():
        content += chunk
        if len(content) > limit:
            raise MediaTooLarge(f"more than {limit} bytes")
    return bytes(content)


def _answer(body: bytes, status: int) -> Json:
    """The platform answers 200 and JSON, whatever media type it claims; anything else comes from before it."""
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if status == 200 and isinstance(found, dict):
        return found
    if status in (429, 503):
        raise ChannelDown(f"HTTP {status}")
    raise MayHaveArrived(f"HTTP {status}")
