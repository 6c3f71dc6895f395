"""Which skill group a conversation belongs to: pure."""

from collections.abc import Sequence

from bot.domain.company import SkillGroup
from bot.domain.conversations import Conversation


def group_of(c: Conversation, groups: Sequence[SkillGroup]) -> str:
    """The group's name, "" if it is anybody's.

    What somebody chose by hand counts first, then an emergency, then what the customer talked about last; small talk
    and asking for a person belong to no group and change none.
    """
    names = {group.name for group in groups}
    if c.skill_group in names:
        return c.skill_group
    if c.emergency and c.emergency.concerns_everybody:
        return next((group.name for group in groups if group.emergencies), "")
    by_intent = {intent: group.name for group in reversed(groups) for intent in group.intents}
    return next((by_intent[seen.name] for seen in reversed(c.intents) if seen.name in by_intent), "")
