"""Who has business with a customer's data: whoever serves him or served him in this conversation, and the team lead."""

from bot.domain.conversations import Conversation
from bot.domain.staff import Role, Staff


class Refused(Exception):
    """This person has no business with it; the text says why, in Chinese."""


class NotMatched(Exception):
    """The conversation's account has not been verified, so there is nothing to show; the text says what to do."""


def may_serve(who: Staff, *, held: bool) -> bool:
    """`held`: he has or had the conversation."""
    return who.role is Role.LEAD or (who.role is Role.AGENT and held)


def must_serve(who: Staff, *, held: bool) -> None:
    """Raises Refused."""
    if who.role is Role.INSPECTOR:
        raise Refused("质检员只能查看已隐藏的资料。")
    if not may_serve(who, held=held):
        raise Refused("您没有接待这个会话，不能查看或修改客户资料。")


def is_matched(c: Conversation) -> bool:
    """The account was verified in this very conversation: an earlier one is no proof of who writes now."""
    return c.account_state == "matched" and c.account_number is not None
