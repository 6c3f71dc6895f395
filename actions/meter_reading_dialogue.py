"""The meter-reading dialogue: whose meter, what it shows, is that plausible, read back, record (S0 报数 1–4)."""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import ClassVar

from actions.afterwards import TOLD
from actions.capability import SUBJECT
from actions.dialogue import Dialogue
from actions.facts import amount, yuan
from actions.follow_ups import About
from actions.meter_reading import (
    Bill,
    Report,
    bill,
    filed_reading,
    reading_in,
    reminder,
    save_reading,
    takes_back_recorded,
    without_reading,
)
from actions.pieces import BUILDING, told_so_far, without_unit
from actions.places import (
    SHORTEST_ACCOUNT_NUMBER,
    Match,
    corrected_dwelling,
    find_places,
    is_name,
    match_account,
    not_matched,
    remembered,
    whole_dwelling,
)
from actions.proofs import Proof, prove
from actions.turns import Heard, Say, Slots, Step, account_matched, collected, handoff, say
from actions.understanding import (
    account_is_wrong,
    asks_for_the_number,
    digit_runs,
    is_bare_answer,
    is_number_only,
    is_question,
    names_a_dwelling,
    normal,
    yes_or_no,
)
from bot.domain.gas import Account, MeterKind
from bot.domain.intents import label
from bot.domain.places import plain
from bot.domain.readings import Verdict, check_reading

_PHOTO = re.compile("照片|相片|图片|[拍照]了?(张|个|下)|截图|看图|发图")
#: "再不来我就打12345": no reading, whatever the model takes it for.
_THREATENS = re.compile(r"([打拨找]|投诉|举报)[^,。\d]{0,4}12345(?!\d)|(?<!\d)12345[^,。\d]{0,4}(投诉|热线|举报|反映)")
#: "我上午报的表数报错了": what is recorded is put right by a person.
_REPORTED_WRONG = re.compile(
    "(上午|下午|早上|昨天|前[天几]|上[次回个周]|刚才?|之前|已经)[^,。]{0,4}报[^,。]{0,6}(错|不对|有误|[多少]了)"
)
#: "没看错 就是这个数 我家春节人多".
_INSISTS = re.compile("没有?看错|就是(这|那)个?数|确实(是|就)|(看|核对)(过|了)[^,。]{0,3}[遍次]|(又|再)看过?了")
#: What may stand around a reading that is told: "哦哦 那表上是八百二十".
_AROUND_A_READING = re.compile(
    r"\d+(\.\d+)?|[零〇一二两三四五六七八九十百千万点]|现在|显示|读数|立方米?"
    "|[嗯哦啊好那表上面数字是写的就这个方度吧哈了,。. ]"
)


class MeterReading(Dialogue):
    form = "reading_form"
    questions = ("reading_account", "reading_value", "reading_checked", "reading_confirmed")
    topic = "报数"
    go_on = "继续报数"
    intents: ClassVar[frozenset[str]] = frozenset({"report_meter_reading"})

    #: Told to who proves the account only (the balance), and not needed here.
    own_questions: ClassVar = {
        "^(?!.*\\d{7}).*(上次|上回|之前)[^,。]{0,8}(多少|几|啥)|你们?[^,。]{0,6}记录": "utter_reading_last_untold",
    }

    @classmethod
    def answers_to(cls) -> Mapping[About, str]:
        return {**cls.follow_ups, About.MONEY: "utter_reading_fee_told"}

    async def _out_of_the_blue(self, heard: Heard, slots: Slots) -> Step | None:
        """Right behind the ways of reporting a reading an address begins a report."""
        invited = slots.get(SUBJECT) == [None, label("ask_reading_methods")]
        return None if invited else await super()._out_of_the_blue(heard, slots)

    async def is_plain_answer(self, asked: str, text: str) -> bool:
        asks_account = asked == "reading_account"
        answers_account = asks_account and (asks_for_the_number(text) or await is_name(text, self._office.back_office))
        answers_value = asked == "reading_value" and _is_only_a_reading(text)
        corrects_account = account_is_wrong(text) and digit_runs(text, SHORTEST_ACCOUNT_NUMBER) != []
        return (
            answers_account
            or answers_value
            or corrects_account
            or is_bare_answer(text)
            or text in ("读数不对", "户号不对")
        )

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        report, text = Report.of(slots), heard.text
        if asked is None and _THREATENS.search(normal(text)):
            return Step(ask=None, then="complaint_form")
        if asked is None:
            return await self._begin(report, slots, text)
        if _PHOTO.search(text) and reading_in(text, asked=True) is None:
            return Step(ask=asked, says=(say("utter_reading_no_photo"),), asks_again=False)
        if asked != "reading_account" and (account_is_wrong(text) or await self._names_a_home(text)):
            return await self._other_account(report, slots, text)
        if asked == "reading_account":
            return await self._hear_account(report, slots, text)
        if asked == "reading_confirmed":
            return await self._hear_confirmation(report, slots, text, conversation_id)
        return await self._hear_value(report, asked, text)

    async def _names_a_home(self, text: str) -> bool:
        """ "我现在住幸福小区 3-2-501", where a reading was asked for: 501 is none."""
        if is_number_only(text) or not names_a_dwelling(text):
            return False
        places = await find_places(without_reading(text), self._office.back_office)
        return len(places) == 1 and whole_dwelling(places[0]) != ""

    def unanswered(self, asked: str) -> Step:
        if asked == "reading_value":
            return Step(ask=asked, failed=True, says=(say("utter_reading_unreadable"),), question_said=True)
        return super().unanswered(asked)

    async def _begin(self, report: Report, slots: Slots, text: str) -> Step:
        recorded = slots.get("reading_recorded")
        if taken_back := takes_back_recorded(slots, text):
            return Step(ask=None, says=taken_back[:1], signals=taken_back[1:])
        if _REPORTED_WRONG.search(normal(text)):
            reason = f"更正以前报的读数：{text}"
            return Step(ask=None, says=(say("utter_reading_correct_before"),), signals=(handoff(reason),))
        match = await match_account(without_reading(text), self._office.back_office, slots.get("community"))
        value = _beside(match, text)
        report = report if value is None else replace(report, value_m3=value)
        if match and (value is None or not is_number_only(text)):
            return await self._matched(report, slots, match)
        known = slots.get("account_number") or await self._account_stated(slots)
        if report.account is None and known and known != recorded:
            by_number = slots.get("account_number") and slots.get("account_proof") != Proof.ADDRESS
            report = replace(report, account=known, by_address=not by_number)
            says = (say("utter_reading_same_account", who=_who(known, report)),)
            return await self._next(report, says=says)
        step = await self._next(report)
        return await self._where_in(step, text) or step if step.ask == "reading_account" else step

    async def _where_in(self, step: Step, text: str) -> Step | None:
        """ "报个数 幸福小区的": the estate is known, and the dwelling in it asked for."""
        places = await find_places(text, self._office.back_office)
        names = (places[0].community.name, *places[0].community.aliases) if len(places) == 1 else ()
        if not any(plain(name) in plain(text) for name in names):
            return None
        community = places[0].community
        which = (say("utter_account_which_dwelling", community=community.name),)
        return replace(step, learnt={**step.learnt, "community": community.id}, says=which, question_said=True)

    async def _account_stated(self, slots: Slots) -> str | None:
        """The one account at the address that the customer has stated in this conversation."""
        records = self._office.back_office
        community = await records.community(slots["community"]) if slots.get("community") else None
        if community is None or not slots.get("address"):
            return None
        match = await match_account(f"{community.name}{slots['address']}", records)
        return match.account.number if match and match.account else None

    async def _other_account(self, report: Report, slots: Slots, text: str) -> Step:
        before, report = (
            slots.get("address") if report.by_address else None,
            replace(report, account=None, doubted=False),
        )
        text = corrected_dwelling(before, text) if before else text
        match = await match_account(text, self._office.back_office, slots.get("community"))
        if match:
            return await self._matched(report, slots, match)
        again = (say("utter_reading_account_again"),)
        return Step(ask="reading_account", learnt=report.slots(), says=again, question_said=True)

    async def _hear_account(self, report: Report, slots: Slots, text: str) -> Step | None:
        if asks_for_the_number(text):
            return await self._without_number(text)
        if await is_name(text, self._office.back_office):
            return await self._hear_community(report, slots, text)
        match = await match_account(without_reading(text), self._office.back_office, slots.get("community"))
        value = _beside(match, text)
        report = report if value is None else replace(report, value_m3=value)
        if match and (value is None or not is_number_only(text)):
            return await self._matched(report, slots, match)
        if value is None:
            return None
        noted = (say("utter_reading_value_noted", reading=amount(value)),)
        return Step(ask="reading_account", learnt=report.slots(), says=noted, question_said=True)

    async def _without_number(self, text: str) -> Step:
        """ "户号我哪记得住啊 幸福小区的": the estate counts."""
        places = await find_places(text, self._office.back_office)
        learnt = {"community": places[0].community.id} if len(places) == 1 else {}
        return Step(ask="reading_account", learnt=learnt, says=(say("utter_account_where"),), question_said=True)

    async def _hear_community(self, report: Report, slots: Slots, name: str) -> Step:
        """The estate alone: with the dwelling told before it, or that is asked for."""
        (place, *_) = await find_places(name, self._office.back_office)
        report_slots = {**report.slots(), "community": place.community.id}
        home = f"{place.community.name}{slots[BUILDING]}" if slots.get(BUILDING) else ""
        match = await match_account(home, self._office.back_office) if home else None
        if match:
            return await self._matched(report, slots, match)
        which = (say("utter_account_which_dwelling", community=place.community.name),)
        return Step(ask="reading_account", learnt=report_slots, says=which, question_said=True)

    async def _matched(self, report: Report, slots: Slots, match: Match) -> Step:
        if match.account is None:
            return Step(
                ask="reading_account",
                learnt={**report.slots(), "community": match.community, **_told_so_far(match)},
                says=(_asked_back(match),),
                signals=() if match.unclear else (not_matched(match),),
                failed=not match.unclear,
                question_said=True,
            )
        number = match.account.number
        proof = Proof.NUMBER if match.what == "户号" else Proof.ADDRESS
        matched = (say("utter_account_matched", what=match.what),)
        known = replace(report, account=number, by_address=proof is Proof.ADDRESS)
        step = await self._next(known, says=matched)
        learnt = {**step.learnt, **prove(slots, number, proof), **remembered(match)}
        return replace(step, learnt=learnt, signals=(account_matched(number), *step.signals))

    async def _hear_value(self, report: Report, asked: str, text: str) -> Step | None:
        value = reading_in(text, asked=True)
        insists = asked == "reading_checked" and (value == report.value_m3 if value is not None else yes_or_no(text))
        if insists:
            return self._to_person(report)
        if value is not None:
            return await self._next(replace(report, value_m3=value))
        if asked == "reading_checked" and _INSISTS.search(normal(text)) and not is_question(text):
            return self._to_person(report)
        if asked == "reading_checked" and re.match("没错|对|是", normal(text)):
            shown = amount(report.value_m3) if report.value_m3 is not None else ""
            return Step(ask=asked, says=(say("utter_reading_look_again", reading=shown),), question_said=True)
        if asked == "reading_checked" and (yes_or_no(text) is False or re.match("不对", normal(text))):
            again = (say("utter_reading_value_again"),)
            return Step(ask="reading_value", learnt=report.slots(), says=again, question_said=True)
        return None

    async def _hear_confirmation(self, report: Report, slots: Slots, text: str, conversation_id: str) -> Step | None:
        value = reading_in(text, asked=True)
        if value is not None and value != report.value_m3:
            return await self._next(replace(report, value_m3=value))
        if value is None and re.search("(读数|表数|数字|数).{0,3}(不对|错|有误)|^是?(读数|表数|数字)$", normal(text)):
            again = (say("utter_reading_value_again"),)
            return Step(
                ask="reading_value", learnt=replace(report, value_m3=None).slots(), says=again, question_said=True
            )
        rest = text if value is None else _AROUND_A_READING.sub("", normal(text))
        agreed = yes_or_no(rest) if rest else True  # the reading once more, as it was read back
        if agreed is None:
            return None
        if not agreed:
            return Step(ask="reading_confirmed", says=(say("utter_reading_what_is_wrong"),), question_said=True)
        return await self._record(report, conversation_id)

    async def _next(self, report: Report, *, says: tuple[Say, ...] = ()) -> Step:
        """The next question that is still open."""
        account = await self._account(report)
        if account is None:
            return Step(ask="reading_account", learnt=report.slots(), says=says)
        if account.meter_kind is MeterKind.IC_CARD:
            return Step(ask=None, says=(*says, say("utter_reading_card_meter")), closing=True)
        if report.value_m3 is None:
            return Step(ask="reading_value", learnt=report.slots(), says=says)
        today = self._office.clock.now().astimezone(self._office.company.company.zone).date()
        plausible = check_reading(account, report.value_m3, today, self._office.company)
        if plausible.ok:
            return Step(ask="reading_confirmed", learnt=report.slots(), says=says)
        below = plausible.verdict is Verdict.BELOW_LAST
        doubt = say("utter_reading_below_last" if below else "utter_reading_too_high", reading=amount(report.value_m3))
        return Step(ask="reading_checked", learnt=replace(report, doubted=True).slots(), says=(*says, doubt))

    def _to_person(self, report: Report) -> Step:
        shown = amount(report.value_m3) if report.value_m3 is not None else ""
        facts = collected({"户号": report.account or "", "读数": shown})
        reason = f"报数{shown}不合常理，用户坚持，请人工核实"
        return Step(ask=None, says=(say("utter_reading_to_person"),), signals=(facts, handoff(reason)))

    async def _record(self, report: Report, conversation_id: str) -> Step | None:
        account, value = await self._account(report), report.value_m3
        if account is None or value is None:
            return await self._next(report)
        office = self._office
        due = bill(account, value, office.company)
        await save_reading(account, value, conversation_id, back_office=office.back_office, clock=office.clock)
        return Step(
            ask=None,
            learnt={"reading_recorded": account.number, TOLD: _figures(value, due)},
            says=(_recorded(value, due), *reminder(account, due.fee_yuan, office.company)),
            signals=(
                collected({"户号": account.number, "读数": amount(value)}),
                filed_reading(account, value, due),
            ),
            closing=True,
        )

    async def question(self, asked: str, slots: Slots) -> Say:
        report = Report.of(slots)
        account, value = await self._account(report), report.value_m3
        if asked == "reading_checked" and value is not None:
            return say("utter_question_reading_checked", reading=amount(value))
        if asked == "reading_confirmed" and account and value is not None:
            due = bill(account, value, self._office.company)
            return say("utter_question_reading_confirmed", who=_who(account.number, report), **_figures(value, due))
        return say(f"utter_question_{asked}")

    async def _account(self, report: Report) -> Account | None:
        return await self._office.back_office.account(report.account) if report.account else None


def _told_so_far(match: Match) -> Slots:
    """Building and room, for the unit or the estate that come in the next message."""
    return {BUILDING: told} if match.what == "地址" and (told := told_so_far(match.stated)) else {}


def _asked_back(match: Match) -> Say:
    """What the address still lacks, or that it leads to no account."""
    if not match.unclear:
        return say("utter_account_not_matched", what=match.what)
    if match.community and (told := told_so_far(match.stated)):
        if without_unit(match.stated):
            return say("utter_account_which_unit")
        return say("utter_account_which_flat" if "单元" in told else "utter_account_which_room")
    return say("utter_account_several")


def _beside(match: Match | None, text: str) -> Decimal | None:
    """The reading in a text that may also name the account; "幸福小区501" holds none."""
    only_place = match is not None and match.what == "地址" and not names_a_dwelling(text)
    return None if only_place else reading_in(text, asked=False)


def _who(number: str, report: Report) -> str:
    """How the account is called back to the customer: by what the customer said, never by what we know."""
    return "您说的地址" if report.by_address else f"户号尾号{number[-4:]}"


def _figures(value: Decimal, due: Bill) -> dict[str, str]:
    return {"reading": amount(value), "volume": amount(due.volume_m3), "fee": yuan(due.fee_yuan)}


def _recorded(value: Decimal, due: Bill) -> Say:
    return Say("utter_reading_recorded", _figures(value, due))


def _is_only_a_reading(text: str) -> bool:
    return reading_in(text, asked=True) is not None and not _AROUND_A_READING.sub("", normal(text))
