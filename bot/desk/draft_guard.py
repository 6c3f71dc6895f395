"""Stops a reply that must not go out as it is, and puts down who sent it all the same (S0 服务忌语, 信息安全)."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.domain.drafts import Concern, DraftStopped, Finding, ToConfirm
from bot.domain.staff import Role, Staff
from bot.ports import Work

#: Looks through a reply (conversation's id, text).
Review = Callable[[str, str], Awaitable[Sequence[Finding]]]


@dataclass(frozen=True)
class Leave:
    """What the sender has been warned of and means all the same."""

    #: The personal data in it.
    confirmed: bool = False
    #: The forbidden expression; only a lead may.
    override: bool = False


NO_LEAVE = Leave()


def settle(work: Work, who: Staff, findings: Sequence[Finding], leave: Leave) -> None:
    """Raises DraftStopped or ToConfirm; what is sent all the same is noted in the timeline."""
    phrases, blanks, private = (_of(concern, findings) for concern in Concern)
    allowed = leave.override and who.role is Role.LEAD
    if blanks or (phrases and not allowed):
        raise DraftStopped([*phrases, *blanks])
    if private and not leave.confirmed:
        raise ToConfirm(private)
    if phrases:
        said = "、".join(f"“{each.found}”" for each in phrases)
        work.note("override", f"班长（工号 {who.staff_id}）坚持发送含服务忌语的回复：{said}", who.staff_id)
    if private:
        work.note("confirmed", f"工号 {who.staff_id} 确认后发送了含用户个人信息的回复", who.staff_id)


def _of(concern: Concern, findings: Sequence[Finding]) -> list[Finding]:
    return [each for each in findings if each.concern is concern]
