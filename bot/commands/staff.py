"""Staff accounts, straight in the database."""

import asyncio
from collections.abc import Awaitable, Callable

from sqlalchemy.exc import DBAPIError

from bot.adapters.passwords import Argon2Passwords
from bot.adapters.sql.database import Database
from bot.adapters.sql.migrate import NewerDatabase, migrate
from bot.adapters.sql.staff import Account, SqlStaff
from bot.clock import SystemClock
from bot.commands.business import business_or_fail
from bot.commands.console import err, fail, settings_or_fail
from bot.desk.accounts import BadAccount, NewStaff, NoSuchStaff, StaffExists, check_groups, check_password
from bot.domain.company import CompanyProfile
from bot.domain.staff import Role


def migrate_only() -> None:
    _in_database(_nothing)
    err.print("数据库已是最新。")


def add(staff_id: str, name: str, role: Role, capacity: int | None, password: str, groups: list[str]) -> None:
    """`capacity` None: as many conversations at a time as the company says."""
    company = _company()
    seats = capacity or company.desk.agent_capacity
    new = NewStaff(staff_id=staff_id, name=name, role=role, capacity=seats, groups=_known(groups, company))

    async def create(staff: SqlStaff) -> None:
        check_password(password)
        hashed = await Argon2Passwords().hash(password)
        await staff.create([Account(new, hashed)], SystemClock().now())

    _in_database(create)
    err.print(f"已创建：{staff_id} {name}（{role.value}）")


def seat(staff_id: str, capacity: int | None, groups: list[str] | None) -> None:
    """None: leave it as it is. An empty name clears the groups."""
    wanted = None if groups is None else _known([name for name in groups if name], _company())

    async def change(staff: SqlStaff) -> None:
        member = await staff.get(staff_id)
        if member is None:
            raise NoSuchStaff(staff_id)
        set_to = member.groups if wanted is None else wanted
        member = await staff.set_seat(staff_id, capacity or member.capacity, set_to)
        err.print(f"工号 {staff_id}：同时接待 {member.capacity}，技能组 {'、'.join(member.groups) or '无'}。")

    _in_database(change)


def set_password(staff_id: str, password: str) -> None:
    async def change(staff: SqlStaff) -> None:
        check_password(password)
        await staff.set_password(staff_id, await Argon2Passwords().hash(password))

    _in_database(change)
    err.print(f"工号 {staff_id} 的密码已更新。")


def remove(staff_id: str) -> None:
    async def end(staff: SqlStaff) -> None:
        await staff.deactivate(staff_id, SystemClock().now())

    _in_database(end)
    err.print(f"工号 {staff_id} 已停用。")


def show_all() -> None:
    async def show(staff: SqlStaff) -> None:
        for member in await staff.all():
            seat = f"{member.presence.value}\t{member.capacity}\t{'、'.join(member.groups)}"
            print(f"{member.staff_id}\t{member.name}\t{member.role.value}\t{seat}")

    _in_database(show)


def _company() -> CompanyProfile:
    company, *_ = business_or_fail(settings_or_fail())
    return company


def _known(groups: list[str], company: CompanyProfile) -> tuple[str, ...]:
    """The skill groups as named; ends the command when the company has no such group."""
    try:
        check_groups(groups, company.staffing.group_names)
    except BadAccount as problem:
        fail(str(problem))
    return tuple(dict.fromkeys(groups))


async def _nothing(_: SqlStaff) -> None:
    """The migration that comes before every command is all there is to do."""


def _in_database(work: Callable[[SqlStaff], Awaitable[None]]) -> None:
    settings = settings_or_fail()

    async def all_of_it() -> None:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        database = Database.connect(settings.database)
        try:
            await migrate(database)
            await work(SqlStaff(database))
        finally:
            await database.close()

    try:
        asyncio.run(all_of_it())
    except NoSuchStaff as problem:
        fail(f"没有工号为 {problem} 的员工。")
    except StaffExists as problem:
        fail(f"工号已被使用：{problem}")
    except (BadAccount, NewerDatabase, ValueError) as problem:
        fail(str(problem))
    except DBAPIError as problem:
        fail(f"数据库打不开：{problem.orig}")
