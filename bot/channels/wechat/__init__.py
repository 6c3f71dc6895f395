"""WeChat Official Account: what WeChat's server sends us, and what we answer (docs/wechat.md)."""
