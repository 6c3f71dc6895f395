"""微信客服 (WeCom) as a client of its interface (docs/wechat-kf.md)."""
