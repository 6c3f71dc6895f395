"""Changing a response, an article or an intent: looked at first, then written as a change set of its own."""

from dataclasses import dataclass
from hashlib import sha256

from bot.training.change import Change, ChangeRefused, ExampleFiles
from bot.training.change_set import Addition, EmergencyRules, Finding, Level, check
from bot.training.changes import Changes
from bot.training.edits import BadEdit, Edit, House, Kind, TextFiles, Value, check_texts, shown
from bot.training.new_intents import check_intent


@dataclass(frozen=True)
class EditPreview:
    edit: Edit
    findings: tuple[Finding, ...]
    diff: str
    #: The bubbles a customer sees, one list a variation.
    shown: tuple[tuple[str, ...], ...]
    #: Names exactly this; writing names what was seen.
    token: str

    @property
    def stopped(self) -> bool:
        return any(finding.level is Level.STOP for finding in self.findings)

    @property
    def needs_reason(self) -> bool:
        return any(finding.level is Level.REASON for finding in self.findings)


class Editing:
    def __init__(
        self, *, texts: TextFiles, files: ExampleFiles, changes: Changes, house: House, emergencies: EmergencyRules
    ) -> None:
        self._texts = texts
        self._files = files
        self._changes = changes
        self._house = house
        self._emergencies = emergencies

    async def all(self, kind: Kind) -> dict[str, Value]:
        return await self._texts.all(kind)

    async def look(self, kind: Kind, key: str, value: Value | None) -> EditPreview:
        """What would be written; changes nothing. Raises BadEdit."""
        edit = Edit(kind, key, await self._texts.current(kind, key), value)
        if edit.before is None and kind is Kind.RESPONSE:
            raise BadEdit(f"没有“{key}”这条话术。")
        problems = [Finding(Level.STOP, "", words) for words in await self._texts.problems(edit)]
        findings = [*problems, *await self._findings(edit)]
        diff = "" if problems else await self._texts.diff(edit)
        facts = self._house.facts
        bubbles = tuple(tuple(shown(text, facts)) for text in customer_texts(kind, value))
        token = sha256(repr((kind, key, value, diff)).encode()).hexdigest()[:16]
        return EditPreview(edit, tuple(findings), diff, bubbles, token)

    async def write(self, kind: Kind, key: str, value: Value | None, token: str, staff_id: str, reason: str) -> Change:
        """Write what was seen. Raises BadEdit, ChangeRefused."""
        seen = await self.look(kind, key, value)
        if seen.token != token:
            raise ChangeRefused("内容刚刚有变化，请重新检查后再保存。")
        if seen.stopped:
            raise ChangeRefused("有必须先解决的问题，没有保存。", seen.findings)
        if not seen.diff:
            raise ChangeRefused("没有改动，不需要保存。")
        if seen.needs_reason and not reason:
            raise ChangeRefused("有需要说明的地方，请写明理由后再保存。", seen.findings)
        return await self._changes.apply_edit(seen.edit, seen.diff, staff_id, reason)

    async def _findings(self, edit: Edit) -> list[Finding]:
        before, after = customer_texts(edit.kind, edit.before), customer_texts(edit.kind, edit.after)
        found = check_texts(before if edit.after else after, after, self._house)
        if edit.kind is Kind.ARTICLE and edit.after and self._emergencies.hears(str(edit.after["question"])):
            # It is also a button, and tapping it sends it as if the customer had typed it.
            words = "这个问题会被当作报告险情，请换一种问法，例如“怎样判断是不是漏气”。"
            found.append(Finding(Level.STOP, str(edit.after["question"]), words))
        if edit.kind is Kind.INTENT and edit.after:
            known, tried = await self._files.known(), await self._files.tried()
            found += check_intent(edit.key, edit.after, known)
            additions = [Addition("", edit.key, text) for text in edit.after["examples"]]
            found += check(additions, known, tried, self._emergencies)
        return found


def customer_texts(kind: Kind, value: Value | None) -> list[str]:
    """What of a value customers read."""
    if value is None:
        return []
    return [str(value["answer"])] if kind is Kind.ARTICLE else [str(text) for text in value["texts"]]
