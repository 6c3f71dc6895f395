"""Opening and transferring an account (S1 第七条, 第十条): which papers, in person or by proxy, where."""

import re
from dataclasses import replace
from typing import ClassVar

from actions.choices import EATERY, chosen
from actions.consultation import Consultation
from actions.facts import listed
from actions.follow_ups import About, asked_about
from actions.places import find_places, only_a_place
from actions.subjects import FIRST_OF_ALL
from actions.turns import Heard, Say, Slots, Step, say
from actions.understanding import is_question, yes_or_no

BUSINESS = "business"
IN_PERSON, BY_PROXY = "person", "proxy"
_PROXY = {
    BY_PROXY: "委托(?![^,。]{0,4}不用)|代办|代为|[让叫托找请由帮替](别人|他人)|(别人|他人).{0,2}[去办来代]"
    "|(帮|替|给).{0,4}([她他]们?|爸|妈|父|母|老人|朋友|儿子|女儿|房东|业主)|让.{0,6}去"
    "|(老公|老婆|爱人|媳妇|孩子|儿子|女儿|闺女|爸|妈|父|母|哥|弟|姐|妹|叔|舅|姑|姨|嫂|女婿|侄|家里?人|朋友|中介|同事|亲戚)(?!.{0,3}(本人|亲自|自己)).{0,4}(去|办|来)"
    "|(房主|户主|业主|本人|我).{0,2}(不在|来不了|去不了|不能[来去])"
    "|在(外地|国外|外省)|走不开|(没空|没时间|不方便|没法)(去|来|过去)",
    IN_PERSON: "本人|自己|亲自|^我去",
}


#: "红本在手 发票没有": told, not asked.
_PAPERS = re.compile("[红房]本|房产证|产权证|不动产证?|发票|合同|身份证|收据|执照")


class PapersConsultation(Consultation):
    """Who tells which papers there are asks for none of them: it is noted, the list comes in the end."""

    async def is_plain_answer(self, asked: str, text: str) -> bool:
        """ "我自己去 那要带些啥": the answer, and a question for what comes next anyway."""
        answered = chosen(text, self.answers().get(asked, {})) is not None and asked_about(text) is About.PAPERS
        return answered or await super().is_plain_answer(asked, text)

    def _besides(self, slots: Slots, asked: str, heard: Heard) -> Step | None:
        told = _PAPERS.search(heard.text) is not None and not is_question(heard.text)
        if told and heard.intent not in FIRST_OF_ALL:
            return Step(ask=asked, says=(say("utter_repair_noted"),), asks_again=False)
        return super()._besides(slots, asked, heard)


class OpenAccount(PapersConsultation):
    form = "open_account_form"
    questions = ("open_case", "open_proxy")
    topic = "办理开户"
    go_on = "继续办理开户"
    opening_suffices = False
    follow_ups: ClassVar = {
        About.WHEN: "utter_open_account_where",
        About.WHERE: "utter_open_account_where",
        About.MONEY: "utter_opening_fees",
        About.PAPERS: "utter_open_account_bring",
        About.PROXY: "utter_open_account_bring",
        About.AWAY: "utter_by_proxy",
    }
    intents: ClassVar[frozenset[str]] = frozenset({"open_account"})
    choices: ClassVar = {
        "open_case": {
            "paid": "已经?[交缴]|统一[交缴]|开发商.{0,4}[交缴]|(?<!没)(?<!没有)(?<!未)[交缴收](过|了)",
            "unpaid": "(没有?|未|还没)[交缴]|报装费.{0,3}(没|未)",
            "sale": "二手|买的房|房屋买卖|买卖",
            BUSINESS: f"单位|商业|商铺|公司|{EATERY}|店|企业|工厂|食堂|学校|非居民",
        },
        "open_proxy": _PROXY,
    }

    def opening(self, heard: Heard) -> tuple[Say, ...]:
        return (say("utter_open_account_where"),)

    async def read(self, asked: str | None, text: str, slots: Slots) -> Slots:
        """ "报装费交过了吗": a yes or no will do."""
        paid = yes_or_no(re.sub("[吧呢啊呀好像应该]", "", text)) if asked == "open_case" else None
        return {} if paid is None else {"open_case": "paid" if paid else "unpaid"}

    async def hear(self, slots: Slots, asked: str | None, heard: Heard, conversation_id: str) -> Step | None:
        """An address is looked up: who may have a contract already wants the gas turned on."""
        if asked == "open_case" and (place := await only_a_place(heard.text, self._office.back_office)):
            learnt = {"community": place.community.id, "address": place.dwelling}
            return Step(ask=None, learnt=learnt, then="startup_form")
        step = await super().hear(slots, asked, heard, conversation_id)
        places = await find_places(heard.text, self._office.back_office) if asked is None else []
        if step is None or len(places) != 1:
            return step
        return replace(step, learnt={"community": places[0].community.id, **step.learnt})

    async def advise(self, slots: Slots) -> Step:
        case, proxy = slots.get("open_case"), slots.get("open_proxy")
        if case is None:
            return Step(ask="open_case")
        if case == BUSINESS:
            return self.answered("单位用气", say("utter_open_account_business"))
        if proxy is None:
            return Step(ask="open_proxy")
        papers = self._office.company.papers
        by_proxy = papers.proxy if proxy == BY_PROXY else ()
        response, needed, outcome = {
            "paid": ("utter_open_account_paid", papers.fee_paid, "已缴报装费"),
            "unpaid": ("utter_open_account_unpaid", papers.fee_unpaid, "未缴报装费"),
            "sale": ("utter_open_account_sale", papers.sale, "二手房"),
        }[case]
        told = say(response, papers=listed((*needed, *by_proxy)))
        return self.answered(f"{outcome}，{_who(proxy)}", told, say("utter_open_account_debit"))


class TransferOwnership(PapersConsultation):
    form = "transfer_form"
    questions = ("transfer_case", "transfer_proxy")
    topic = "办理过户"
    go_on = "继续办理过户"
    opening_suffices = False
    follow_ups: ClassVar = {
        About.WHEN: "utter_transfer_where",
        About.WHERE: "utter_transfer_where",
        About.MONEY: "utter_transfer_cost",
        About.PAPERS: "utter_transfer_bring",
        About.PROXY: "utter_transfer_proxy",
        About.DEBT: "utter_transfer_debt",
        About.OWNER: "utter_transfer_owner",
        About.AWAY: "utter_by_proxy",
    }
    intents: ClassVar[frozenset[str]] = frozenset({"transfer_ownership"})
    choices: ClassVar = {
        "transfer_case": {
            "sale": "二手|买的房|买卖|买了|卖[了掉给]|^(我)?买的?$|换.{0,3}(房东|业主|主人)|房东.{0,3}卖|原房主|前房主",
            "name": "名字不[一对同]|姓名不|名不[一对]|发票上?的?(名|姓)|不是(本人|我)的?名|对不上",
            "other": "继承|遗产|遗嘱|[过去离]世|病故|赠|离婚|夫妻|父母.{0,4}(名|过)|子女"
            "|(爸|妈|父|母|爷|奶|公|婆|老人|老伴|爱人|丈夫|妻子|[他她]).{0,8}(不在了|走了|没了|留(下|给))",
            BUSINESS: f"单位|公司|{EATERY}|更名|法人|营业执照|企业|店",
        },
        "transfer_proxy": _PROXY,
    }

    def opening(self, heard: Heard) -> tuple[Say, ...]:
        return (say("utter_transfer_where"),)

    async def advise(self, slots: Slots) -> Step:
        case, proxy = slots.get("transfer_case"), slots.get("transfer_proxy")
        if case is None:
            return Step(ask="transfer_case")
        if case == BUSINESS:
            return self.answered("单位更名", say("utter_transfer_business"))
        if proxy is None:
            return Step(ask="transfer_proxy")
        papers = self._office.company.papers
        by_proxy = papers.proxy if proxy == BY_PROXY else ()
        change = papers.other_change if case == "other" else ()
        told = say("utter_transfer_papers", papers=listed((*papers.sale, *change, *by_proxy)))
        response, outcome = {
            "sale": ("utter_transfer_sale", "房屋买卖"),
            "name": ("utter_transfer_name", "发票姓名与户主不符"),
            "other": ("utter_transfer_other", "继承、赠与等"),
        }[case]
        return self.answered(f"{outcome}，{_who(proxy)}", told, say(response))


def _who(proxy: str) -> str:
    return "委托代办" if proxy == BY_PROXY else "本人办理"
