"""微信客服 (WeCom): notices in, messages fetched, answers sent (docs/wechat-kf.md)."""
