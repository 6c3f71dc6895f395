"""Customers of 微信客服: one for each account he writes to, for it is answered from there."""

CHANNEL = "wechat_kf"


def contact_id_of(open_kfid: str, customer: str) -> str:
    return f"{CHANNEL}:{open_kfid}:{customer}"


def addressed(contact_id: str) -> tuple[str, str]:
    """The account and the customer."""
    _, open_kfid, customer = contact_id.split(":", 2)
    return open_kfid, customer
