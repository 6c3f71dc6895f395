"""Posts to the systems of field units, one signed attempt at a time."""

from collections.abc import Mapping
from datetime import datetime

import aiohttp

from bot.casework.ports import Delivered, Webhook
from bot.casework.signing import signed_headers
from bot.domain.order_life import Unit
from bot.settings import WebhookTarget

#: Shorter than the outbox's lease.
TIMEOUT = aiohttp.ClientTimeout(total=20, connect=5)


class HttpFieldUnits:
    """See casework.ports.FieldUnits. The connections are opened at the first attempt and closed by `close`."""

    def __init__(self, targets: Mapping[Unit, WebhookTarget]) -> None:
        self._targets = targets
        self._session: aiohttp.ClientSession | None = None

    def has(self, unit: Unit) -> bool:
        return unit in self._targets

    async def post(self, webhook: Webhook, at: datetime) -> Delivered:
        target = self._targets.get(webhook.unit)
        if target is None:
            return Delivered(ok=False, error="没有配置这个单位的地址")
        body = webhook.body.encode()
        secret = target.secret.get_secret_value()
        headers = {"Content-Type": "application/json", **signed_headers(secret, webhook.id, at, body)}
        try:
            # A redirect is no delivery: the order would go somewhere nobody configured.
            async with self._client().post(
                str(target.url), data=body, headers=headers, allow_redirects=False
            ) as answer:
                return Delivered(ok=200 <= answer.status < 300, gone=answer.status == 410, error=_why(answer.status))
        except TimeoutError:
            return Delivered(ok=False, error="对方没有及时回应")
        except aiohttp.ClientError as problem:
            return Delivered(ok=False, error=f"连接不上：{type(problem).__name__}")

    async def close(self) -> None:
        if self._session:
            await self._session.close()
            self._session = None

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=TIMEOUT)
        return self._session


def _why(status: int) -> str:
    return "" if 200 <= status < 300 else f"对方回应 HTTP {status}"
