"""GET|POST /channels/wechat-kf: the address entered in 企业微信's console."""

from collections.abc import Mapping

import structlog
from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from bot.channels.bodies import body_of
from bot.channels.errors import ApiError
from bot.channels.wechat.account import Account
from bot.channels.wechat.crypto import BadSignature, CannotDecrypt, check_signature, decrypt_with_any
from bot.channels.wechat.frames import LARGEST, TOO_LARGE, BadFrame, Fields, read_fields
from bot.channels.wechat_kf.fetching import Fetching

log = structlog.get_logger()

PATH = "/channels/wechat-kf"
_NOTICE = "kf_msg_or_event"


def kf_callback_routes(corp: Account, fetching: Fetching) -> APIRouter:
    routes = APIRouter(include_in_schema=False)

    @routes.get(PATH)
    async def check_address(request: Request) -> Response:
        """The console asks whether we know token and key: here, other than with an Official Account, it is sealed."""
        return PlainTextResponse(_opened(corp, request.query_params, request.query_params.get("echostr", "")))

    @routes.post(PATH)
    async def take_notice(request: Request) -> Response:
        """Only tells that there is something: it is fetched in the background, and would be without this too."""
        try:
            encrypted = read_fields(await body_of(request, LARGEST, TOO_LARGE)).get("Encrypt", "")
            notice = read_fields(_opened(corp, request.query_params, encrypted))
        except BadFrame as problem:
            raise _senseless(problem) from None
        if notice.get("Event") == _NOTICE and (open_kfid := notice.get("OpenKfId")):
            fetching.noticed(open_kfid, notice.get("Token", ""))
        else:
            log.info("a callback that is not for us", action="kf_other_callback", what=_named(notice))
        return Response(b"", media_type="text/plain")

    return routes


def _opened(corp: Account, query: Mapping[str, str], encrypted: str) -> bytes:
    """Raises ApiError."""
    try:
        stamp = query.get("timestamp", ""), query.get("nonce", "")
        check_signature(query.get("msg_signature", ""), corp.token, *stamp, encrypted)
        return decrypt_with_any(corp.keys, encrypted, corp.id)[0]
    except BadSignature:
        raise ApiError(403, "bad_signature", "签名不正确：请核对企业微信“接收消息”设置中的 Token。") from None
    except CannotDecrypt as problem:
        raise _senseless(problem) from None


def _senseless(problem: Exception) -> ApiError:
    log.warning("a callback that makes no sense", action="kf_bad_callback", reason=str(problem))
    return ApiError(400, "bad_push", "消息无法解读，请核对 EncodingAESKey 和企业 ID。")


def _named(notice: Fields) -> str:
    return notice.get("Event") or notice.get("MsgType", "")
