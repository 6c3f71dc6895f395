"""What a customer says beside an open question ("厨房的 大概挪一米"): a detail of the matter in hand. Pure.

It is kept and goes into whatever the dialogue files; nobody is told that he was not understood. Whoever only tells more
gets the question in other words.
"""

import re
from collections.abc import Sequence

from actions.meanings import meaning_of
from actions.mood import is_upset
from actions.steering import begins_afresh, is_misunderstood, wants_time, wants_to_stop
from actions.turns import Signal, Slots, Step, collected, say
from actions.understanding import is_bare_answer, is_question, normal, only_declines, sounds_dangerous

#: By form: what was said beside its questions, each with the question that was open.
REMARKS = "remarks"
#: How often at one question, before it is put in other words.
MOST_AT_ONE_QUESTION = 2
_FEWEST_CHARACTERS = 4
_LONGEST = 80
_LONGEST_SUMMARY = 500
_CHINESE = re.compile("[一-鿿]")
#: A number of that many digits is an answer that could not be used, not a remark.
_DIGITS = re.compile(r"\d{4}")
#: The city's: "再不来我就打12345".
_HOTLINE = "12345"
#: No detail: not knowing, accepting, waiting, wanting a person, wanting help.
_TELLS_NOTHING = re.compile(
    "不(知道|晓得|清楚|记得|明白|会|懂|确定)|没(听|看|弄|搞)(懂|明白)|忘了|随便|帮帮|人工|真人|客服|领导|经理|转接|谢"
    "|^(那|好|行|嗯|哦|我)*的?(等|知道|明白|了解|清楚|收到|再见|拜拜)"
)


def is_remark(text: str, *, fewest: int = _FEWEST_CHARACTERS) -> bool:
    """Whether the words state something that may be a detail: no question, no answer, no wish, no anger.

    Args:
        fewest: of different Chinese characters.
    """
    words = normal(text).replace(_HOTLINE, "")
    if len(set(_CHINESE.findall(words))) < fewest or len(words) > _LONGEST or _DIGITS.search(words):
        return False
    other = (is_question, is_bare_answer, sounds_dangerous, is_upset, only_declines, is_misunderstood)
    steers = wants_to_stop(words) or wants_time(words) or begins_afresh(words) is not None
    return not steers and not _TELLS_NOTHING.search(words) and not any(each(words) for each in other)


def keep_remark(slots: Slots, form: str, question: str, text: str) -> Step:
    """The remark is kept, and the question comes again; who only tells more and more gets it in other words."""
    if remarks_at(slots, form, question) >= MOST_AT_ONE_QUESTION:
        return Step(ask=question, failed=True, says=(meaning_of(question),))
    learnt = {REMARKS: with_remark(slots, form, question, text)}
    return Step(
        ask=question, learnt=learnt, says=(say("utter_repair_noted"),), signals=(collected({"用户补充": text}),)
    )


def remarks_at(slots: Slots, form: str, question: str) -> int:
    """How many remarks the customer has made at this question."""
    return sum(at == question for at, _ in (slots.get(REMARKS) or {}).get(form, ()))


def with_remark(slots: Slots, form: str, question: str, text: str) -> dict[str, list[list[str]]]:
    """The slot with one remark more."""
    told = slots.get(REMARKS) or {}
    return {**told, form: [*told.get(form, ()), [question, normal(text)]]}


def without_remarks(slots: Slots, form: str) -> dict[str, list[list[str]]] | None:
    """The slot without those made in this dialogue."""
    left = {name: told for name, told in (slots.get(REMARKS) or {}).items() if name != form}
    return left or None


def filed_with_remarks(signals: Sequence[Signal], slots: Slots, form: str) -> tuple[Signal, ...]:
    """The dialogue's signals, its records with what the customer said beside the questions."""
    told = "，".join(text for _, text in (slots.get(REMARKS) or {}).get(form, ()))
    if not told:
        return tuple(signals)
    return tuple(_with(signal, f"；用户补充：{told}") for signal in signals)


def _with(signal: Signal, more: str) -> Signal:
    if "records" not in signal:
        return signal
    return {
        "records": [{**each, "summary": f"{each['summary']}{more}"[:_LONGEST_SUMMARY]} for each in signal["records"]]
    }
