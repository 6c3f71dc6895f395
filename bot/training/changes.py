"""Writes change sets: what was labelled becomes examples; seen first, written all or none, taken back in one step."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from hashlib import sha256

import structlog

from bot.clock import Clock
from bot.ports import Exclusive
from bot.training.change import Change, ChangeRefused, ChangeState, ChangeStore, ExampleFiles, Preview
from bot.training.change_set import Addition, EmergencyRules, check, news
from bot.training.edits import BadEdit, Edit, TextFiles

log = structlog.get_logger()

#: Names the lock: two writers would lose each other's lines.
_WRITING = "training-data"


class Changes:
    def __init__(
        self,
        *,
        store: ChangeStore,
        files: ExampleFiles,
        texts: TextFiles,
        edited: Callable[[], Awaitable[None]],
        emergencies: EmergencyRules,
        exclusive: Exclusive,
        hold: Callable[[], Awaitable[None]],
        clock: Clock,
        new_id: Callable[[], str],
    ) -> None:
        """`hold`: from now on a start trains nothing by itself; what is written goes live through a release only.

        `edited`: articles or intents are others now.
        """
        self._store = store
        self._files = files
        self._texts = texts
        self._edited = edited
        self._emergencies = emergencies
        self._exclusive = exclusive
        self._hold = hold
        self._clock = clock
        self._new_id = new_id
        #: The last preview, and of what it is one: looking again, and writing what was seen, take no time.
        self._seen: tuple[object, Preview] | None = None

    async def preview(self) -> Preview:
        waiting = await self._store.waiting()
        subject = (waiting, await self._files.stamp())
        if self._seen is None or self._seen[0] != subject:
            self._seen = (subject, await self._look(waiting))
        return self._seen[1]

    async def _look(self, waiting: Sequence[Addition]) -> Preview:
        known = await self._files.known()
        fresh = news(waiting, known)
        tried = await self._files.tried()
        # In a thread: thousands of sentences are compared, and customers wait for nobody.
        findings = await asyncio.to_thread(check, fresh, known, tried, self._emergencies)
        diff = await self._files.diff(fresh)
        said = repr([(one.item_id, one.intent) for one in waiting]) + diff
        return Preview(tuple(waiting), tuple(findings), diff, sha256(said.encode()).hexdigest()[:16])

    async def apply(self, token: str, staff_id: str, reason: str) -> Change:
        """Write what was seen. Raises ChangeRefused."""
        async with self._exclusive(_WRITING):
            preview = await self.preview()
            _refuse_if_unsound(preview, token, reason)
            return await self._carry_out(preview.additions, (), preview.diff, staff_id, reason)

    async def apply_edit(self, edit: Edit, diff: str, staff_id: str, reason: str) -> Change:
        """Write a response, an article or an intent that was looked at. Raises ChangeRefused."""
        async with self._exclusive(_WRITING):
            if await self._texts.current(edit.kind, edit.key) != edit.before:
                raise ChangeRefused("有同事刚刚改了这一条，请重新打开再改。")
            return await self._carry_out((), (edit,), diff, staff_id, reason)

    async def revert(self, change_id: str, staff_id: str) -> Change:
        """Take the examples of a change set out again. Raises NoSuchChange, ChangeRefused."""
        async with self._exclusive(_WRITING):
            change = await self._store.get(change_id)
            if change.state is not ChangeState.APPLIED:
                raise ChangeRefused("这次变更已经撤回了。")
            for edit in change.edits:
                await self._refuse_if_not_revertible(edit)
            await self._store.set_state(change_id, ChangeState.REVERTING, staff_id, self._clock.now())
            await self._finish(await self._store.get(change_id))
            return await self._store.get(change_id)

    async def recover(self) -> None:
        """Finish what a crash interrupted: a change set is in the files wholly or not at all."""
        for change in await self._store.all(50):
            if change.state in (ChangeState.APPLYING, ChangeState.REVERTING):
                log.warning("a change set is finished", action="change_recovered", change=change.id)
                await self._finish(change)

    async def all(self, limit: int) -> list[Change]:
        return await self._store.all(limit)

    async def get(self, change_id: str) -> Change:
        """Raises NoSuchChange."""
        return await self._store.get(change_id)

    async def _carry_out(
        self, additions: tuple[Addition, ...], edits: tuple[Edit, ...], diff: str, staff_id: str, reason: str
    ) -> Change:
        """Noted before the files are touched: what a crash interrupts is finished at the next start."""
        change = Change(
            id=self._new_id(),
            state=ChangeState.APPLYING,
            additions=additions,
            edits=edits,
            diff=diff,
            staff_id=staff_id,
            at=self._clock.now(),
            reason=reason,
        )
        await self._hold()
        await self._store.begin(change)
        await self._finish(change)
        return await self._store.get(change.id)

    async def _finish(self, change: Change) -> None:
        if change.state is ChangeState.APPLYING:
            await self._files.write(_written(change))
            await self._write(change.edits)
            await self._store.set_state(change.id, ChangeState.APPLIED, change.staff_id, change.at)
            return
        await self._files.remove(_written(change))
        await self._write([edit.reversed for edit in reversed(change.edits)])
        who, at = change.reverted_by or change.staff_id, change.reverted_at or self._clock.now()
        await self._store.set_state(change.id, ChangeState.REVERTED, who, at)

    async def _refuse_if_not_revertible(self, edit: Edit) -> None:
        """Raises ChangeRefused."""
        if await self._texts.current(edit.kind, edit.key) != edit.after:
            raise ChangeRefused("这一条后来又改过，请先撤回后来的变更。")
        try:
            await self._texts.diff(edit.reversed)
        except BadEdit as problem:
            raise ChangeRefused(str(problem)) from problem

    async def _write(self, edits: Sequence[Edit]) -> None:
        for edit in edits:
            await self._texts.write(edit)
        if edits:
            # domain.yml or the rules may be others now: the live model stays in force all the same.
            await self._hold()
            await self._edited()


def _written(change: Change) -> list[Addition]:
    """Those the diff adds: what was an example before stays one when the change set is taken back."""
    lines = {line[1:].strip().removeprefix("- ") for line in change.diff.splitlines() if line.startswith("+ ")}
    return [one for one in change.additions if one.line in lines]


def _refuse_if_unsound(preview: Preview, token: str, reason: str) -> None:
    """Raises ChangeRefused."""
    if not preview.additions:
        raise ChangeRefused("没有新标注的消息，不需要写入。")
    if preview.token != token:
        raise ChangeRefused("内容刚刚有变化，请重新查看后再写入。")
    if stopped := preview.stopped:
        named = "；".join(f"“{finding.text}”" for finding in stopped[:5])
        raise ChangeRefused(f"有 {len(stopped)} 处问题必须先解决，没有写入：{named}。", stopped)
    if preview.needs_reason and not reason:
        raise ChangeRefused("有需要说明的地方，请写明理由后再写入。", preview.findings)
