"""Who may do what with an inspection (least privilege): inspectors score, agents read their own, leads judge."""

from bot.domain.inspections import OPEN_TO_AGENT, Inspection, Stage
from bot.domain.staff import Role, Staff


class InspectionRefused(Exception):
    """The inspection is not in a stage, or not in the hands, for this; the text says why, in Chinese."""


def may_read(who: Staff, i: Inspection) -> bool:
    """Inspectors everything; leads what is published; whoever had the conversation his own, once it is published."""
    if who.role is Role.INSPECTOR:
        return True
    own = who.role is Role.LEAD or (who.role is Role.AGENT and who.staff_id == i.staff_id)
    return own and i.stage in OPEN_TO_AGENT


def must_score(who: Staff, i: Inspection) -> None:
    """Raises InspectionRefused unless this inspector may write on the sheet."""
    _must_be(who, Role.INSPECTOR)
    if i.inspector not in (None, who.staff_id):
        raise InspectionRefused(f"这个会话由工号 {i.inspector} 质检，只有本人可以修改。")
    if i.stage is Stage.OBJECTED:
        raise InspectionRefused("坐席已提出申诉，请先处理申诉。")
    if i.stage is Stage.DECIDED:
        raise InspectionRefused("申诉已处理完毕，不能再修改。")


def must_publish(who: Staff, i: Inspection) -> None:
    """Raises InspectionRefused."""
    must_score(who, i)
    if i.stage is not Stage.SCORED:
        raise InspectionRefused("请先保存评分，再发布。" if i.stage is Stage.DRAWN else "已经发布过了。")


def must_object(who: Staff, i: Inspection) -> None:
    """Once, and only whose conversation it was. Raises InspectionRefused."""
    if who.staff_id != i.staff_id:
        raise InspectionRefused("只能对自己的质检结果提出申诉。")
    if i.objected_at is not None:
        raise InspectionRefused("每次质检只能申诉一次。")
    if i.stage is not Stage.PUBLISHED:
        raise InspectionRefused("质检结果还没有发布。")


def must_decide(who: Staff, i: Inspection) -> None:
    """An inspector or a lead, nobody in his own case. Raises InspectionRefused."""
    _must_be(who, Role.INSPECTOR, Role.LEAD)
    if who.staff_id == i.staff_id:
        raise InspectionRefused("不能处理对自己的质检提出的申诉。")
    if i.stage is not Stage.OBJECTED:
        raise InspectionRefused("没有待处理的申诉。")


def _must_be(who: Staff, *roles: Role) -> None:
    if who.role not in roles:
        raise InspectionRefused("您的岗位没有此权限。")
