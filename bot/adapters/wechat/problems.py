"""What WeChat's `errcode` means for a message, and what an operator can do about it."""

from collections.abc import Mapping
from typing import Any

from bot.channel import ChannelDown

#: The access token is wrong, invalid or expired: fetch another and try once more.
STALE_TOKEN = frozenset({40001, 40014, 42001})
OUTSIDE_WINDOW, QUOTA_USED_UP = 45015, 45047
#: The openid is of another account, the customer does not follow us (any more), or has blocked us.
UNREACHABLE = frozenset({40003, 43004, 43019})
#: Of a type, a size or a format that is not taken.
BAD_FILE = frozenset({40004, 40005, 40006, 40009, 40011, 40137, 41005, 44001, 301016, 301017})
#: Busy, a daily or a per-minute limit of calls: nothing was sent, later it may be.
LATER = frozenset({-1, 45009, 45011})

#: What an operator of an Official Account can do.
ADVICE = {
    -1: "微信系统繁忙，稍后会自动重试。",
    40001: "AppSecret 不正确，或有其他程序在用旧接口获取 access_token。请核对 GASDESK_WECHAT__APP_SECRET。",
    40013: "AppID 不正确。请核对 GASDESK_WECHAT__APP_ID。",
    40125: "AppSecret 不正确。请核对 GASDESK_WECHAT__APP_SECRET。",
    40164: "本服务器的 IP 不在白名单中。请在微信公众平台“设置与开发 → 开发接口管理 → IP白名单”中添加。",
    40243: "AppSecret 已被冻结。请在微信公众平台解冻。",
    41004: "没有填写 AppSecret。请设置 GASDESK_WECHAT__APP_SECRET。",
    45009: "今天的接口调用次数已用完。",
    45011: "接口调用太频繁，稍后会自动重试。",
    48001: "公众号没有“客服消息”接口的权限。需要已认证的服务号。",
    50002: "公众号被限制使用接口。请在微信公众平台查看通知。",
}


class WeChatError(Exception):
    """WeChat answered with an `errcode`: nothing was sent."""

    def __init__(self, answer: Mapping[str, Any], advice: Mapping[int, str] = ADVICE) -> None:
        self.code = int(answer.get("errcode", 0))
        self.advice = advice.get(self.code, f"微信返回错误 {self.code}。")
        super().__init__(f"{self.code} {answer.get('errmsg', '')}".strip())


class TokenUnavailable(ChannelDown):
    """No access token can be had now; `advice` tells an operator why, in Chinese."""

    def __init__(self, reason: str, advice: str) -> None:
        self.advice = advice
        super().__init__(reason)
