"""What 企业微信's `errcode` means for a message of 微信客服, and what an operator can do (全局错误码, path/90313)."""

#: Five messages since the customer's last; more than 48 hours since then.
QUOTA_USED_UP, OUTSIDE_WINDOW = 95001, 95002
#: The session is with somebody in 企业微信, or over.
NOT_OURS = frozenset({95013, 95018})
#: The welcome code was used already, or is older than 20 seconds; the notice's token is older than ten minutes.
STALE_CODE = 95007
#: The calls of a minute or an hour are used up.
TOO_MANY = frozenset({45009, 45033})
#: Something is wrong with our set-up, or they are busy: nothing was sent, and when it is put right it can be.
LATER = TOO_MANY | {-1, 48002, 60020, 95011, 95012, 95017, 95023}
#: No such customer (any more).
UNREACHABLE = frozenset({40096})

_SECRET = "请核对 GASDESK_WECHAT_KF__SECRET：应为“微信客服 → 可调用接口的应用”中那个自建应用的 Secret。"
_API = "请在企业微信管理后台“微信客服 → API”中，把自建应用加入“可调用接口的应用”，并选择由它管理的客服账号。"
_SECRET_OF_WECOM = "微信客服由企业微信接管或独立使用，与当前 Secret 不一致。" + _SECRET

ADVICE = {
    -1: "企业微信系统繁忙，稍后会自动重试。",
    40001: f"Secret 不正确。{_SECRET}",
    40013: "企业 ID 不正确。请核对 GASDESK_WECHAT_KF__CORP_ID（管理后台“我的企业 → 企业信息”）。",
    40091: f"Secret 不正确。{_SECRET}",
    45009: "接口调用太频繁，稍后会自动重试。",
    45033: "接口同时调用太多，稍后会自动重试。",
    48002: f"应用没有微信客服接口的权限。{_API}",
    60020: "本服务器的 IP 不在可信 IP 中。请在自建应用的“企业可信IP”中添加。",
    95000: "客服账号 ID 不正确。请核对 GASDESK_WECHAT_KF__OPEN_KFID。",
    95003: "企业未验证，可接待的客户数已达上限。请在企业微信管理后台完成企业验证。",
    95004: "客服账号不存在或已删除。请核对 GASDESK_WECHAT_KF__OPEN_KFID。",
    95011: _SECRET_OF_WECOM,
    95012: _SECRET_OF_WECOM,
    95017: f"接口开关已关闭。{_API}",
    95023: f"接口权限已授权给其他应用。{_API}",
}
