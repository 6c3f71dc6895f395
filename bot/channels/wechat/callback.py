"""GET|POST /channels/wechat: the address entered in WeChat's console."""

from collections.abc import Mapping

import structlog
from fastapi import APIRouter, Request
from starlette.background import BackgroundTask
from starlette.responses import PlainTextResponse, Response

from bot.channels.bodies import body_of
from bot.channels.errors import ApiError
from bot.channels.wechat.account import Account
from bot.channels.wechat.crypto import BadSignature, CannotDecrypt, check_signature, decrypt_with_any
from bot.channels.wechat.frames import LARGEST, TOO_LARGE, BadFrame, is_json, read_fields
from bot.channels.wechat.inbound import Inbound, NotInbound, read_inbound
from bot.channels.wechat.pushes import NotStored, Pushes
from bot.channels.wechat.replies import NOTHING, Envelope, sealed, text_reply
from bot.clock import Clock

log = structlog.get_logger()

PATH = "/channels/wechat"


def callback_routes(account: Account, pushes: Pushes, clock: Clock) -> APIRouter:
    routes = APIRouter(include_in_schema=False)

    @routes.get(PATH)
    async def check_address(request: Request) -> Response:
        """The console asks, once, whether we know the token."""
        query = request.query_params
        try:
            check_signature(query.get("signature", ""), account.token, *_stamp(query))
        except BadSignature:
            raise _forged() from None
        return PlainTextResponse(query.get("echostr", ""))

    @routes.post(PATH)
    async def take_push(request: Request) -> Response:
        body = await body_of(request, LARGEST, TOO_LARGE)
        try:
            push, envelope = _opened(account, request.query_params, body)
        except BadSignature:
            raise _forged() from None
        except (CannotDecrypt, BadFrame, NotInbound) as problem:
            log.warning("a push that makes no sense", action="wechat_bad_push", reason=str(problem))
            raise ApiError(400, "bad_push", "消息无法解读，请核对消息加解密方式和 EncodingAESKey。") from None
        try:
            text = await pushes.answer(push)
        except NotStored as problem:
            log.warning("a push was not stored", action="wechat_not_stored", reason=str(problem))
            raise ApiError(503, "not_stored", "消息暂时无法保存，请重新推送。") from None
        if text is None:
            return Response(NOTHING, media_type="text/plain")
        now = clock.now()
        content, media_type = sealed(
            text_reply(push, text, now), envelope, token=account.token, app_id=account.id, now=now
        )
        return Response(content, media_type=media_type, background=BackgroundTask(pushes.has_left, push))

    return routes


def _opened(account: Account, query: Mapping[str, str], body: bytes) -> tuple[Inbound, Envelope]:
    """Raises BadSignature, CannotDecrypt, BadFrame and NotInbound."""
    nonce, fields = query.get("nonce", ""), read_fields(body)
    if not account.keys:
        check_signature(query.get("signature", ""), account.token, *_stamp(query))
        return read_inbound(fields), Envelope(nonce, None, is_json(body))
    # Not `signature`: it is there too, and in plain mode it is all there is, but it does not cover the body, so that
    # anybody who has seen one could say what he likes.
    encrypted = fields.get("Encrypt", "")
    check_signature(query.get("msg_signature", ""), account.token, *_stamp(query), encrypted)
    plain, key = decrypt_with_any(account.keys, encrypted, account.id)
    return read_inbound(read_fields(plain)), Envelope(nonce, key, is_json(body))


def _stamp(query: Mapping[str, str]) -> tuple[str, str]:
    return query.get("timestamp", ""), query.get("nonce", "")


def _forged() -> ApiError:
    return ApiError(403, "bad_signature", "签名不正确：请核对微信公众平台“服务器配置”中的 Token。")
