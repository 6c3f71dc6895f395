"""POST /channels/telegram: where Telegram brings updates, each until it hears 200."""

import hmac
import json
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Header, Request

from bot.channels.bodies import body_of
from bot.channels.errors import ApiError
from bot.channels.telegram.path import PATH
from bot.channels.telegram.updates import Updates

log = structlog.get_logger()

#: An update is a few kilobytes.
LARGEST = 1024 * 1024


def webhook_routes(updates: Updates, secret: str) -> APIRouter:
    """`secret` is what Telegram was told to send with each update."""
    router = APIRouter(tags=["渠道"])

    @router.post(PATH, summary="Telegram 推送", include_in_schema=False)
    async def take(request: Request, x_telegram_bot_api_secret_token: Annotated[str, Header()] = "") -> dict[str, bool]:
        # First of all: of a stranger nothing is read.
        if not hmac.compare_digest(x_telegram_bot_api_secret_token.encode(), secret.encode()):
            raise ApiError(403, "wrong_secret", "X-Telegram-Bot-Api-Secret-Token 不对。")
        update = await _update(request)
        try:
            await updates.take(update)
        except Exception as problem:
            # No stack: it comes again and again until the database is back.
            log.error(
                "an update could not be stored", action="receive_failed", channel="telegram", reason=repr(problem)
            )
            raise ApiError(503, "not_stored", "消息没有保存，请稍后再送。") from problem
        return {"ok": True}

    return router


async def _update(request: Request) -> dict[str, Any]:
    """Raises ApiError."""
    body = await body_of(request, LARGEST, "提交的内容过大。")
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        update = None
    if not isinstance(update, dict):
        raise ApiError(400, "bad_update", "不是 Telegram 的推送。")
    return update
