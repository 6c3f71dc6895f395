"""WeChat's HTTP interface (api.weixin.qq.com): access tokens, customer-service messages, media."""
