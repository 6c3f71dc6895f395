"""What becomes of a message: the screen's finding weighed against the assistant's opinion.

The screen knows signs and what takes them back; the assistant knows thousands of messages of both sorts and answers
within milliseconds. Neither is right alone: "漏气那次的发票" holds a sign that no veto explains, and "没有漏气" looks
to the assistant like a report. How sure it has to be beside each finding, and how much surer where the message speaks
of what is over or told (`emergency_manner`), was fitted on sentences that neither had seen (docs/emergency-screen.md).
A plain report asks nobody; without the assistant every sign that stands is an alarm.
"""

from enum import Enum
from math import exp

from bot.conversation.emergency_finding import Finding, Grade
from bot.conversation.emergency_screen import look
from bot.domain.emergencies import EmergencyKind
from bot.ports import AssistantAnswer

#: So long, in seconds, a report waits for the assistant.
PATIENCE = 1.0


class Verdict(Enum):
    ALARM = "alarm"
    #: Neither sure enough to alarm nor to let it go: the customer is asked, and told what to do if it is so.
    ASK = "ask"
    NONE = "none"


#: What is said not to be is at most asked about, however sure the assistant is.
NEVER = 1.01
#: The assistant's chance (0 to 1) of an emergency, less what the manner says against it, from which on the customer is
#: asked and alarm is raised.
_FROM = {
    Grade.PLAIN: (0.0, 0.0),
    Grade.SUSPECTED: (0.0, 0.1),
    Grade.TALK: (0.04, 0.17),
    Grade.NOTHING: (0.12, 0.38),
    Grade.EXPLAINED: (0.3, 0.78),
    Grade.TAKEN_BACK: (0.3, 0.78),
    Grade.DENIED: (0.45, NEVER),
}
#: The same of a message without any sign that answers a dialogue's question ("没装热水器 壁挂炉也没有").
_FROM_AN_ANSWER = (0.5, 0.8)
#: And of one right after the customer was asked, and did not say yes.
_FROM_ASKED_BEFORE = (0.25, 0.38)


def may_wait(finding: Finding, *, busy: bool = False) -> bool:
    """Whether the report is doubtful enough to hear the assistant first.

    `busy`: it still owes the answer to an earlier message, so that its opinion may take long.
    """
    return finding.grade < (Grade.SUSPECTED if busy else Grade.PLAIN)


def weigh(finding: Finding, chance: float | None, *, answers: bool = False, asked: bool = False) -> Verdict:
    """What to do about a message.

    Args:
        chance: of an emergency, as the assistant sees it (0 to 1); None: it did not tell.
        answers: the message answers a question that the assistant had put.
        asked: the customer was asked about an emergency a few messages before, and did not confirm it.
    """
    if chance is None:
        return Verdict.ALARM if finding.kind else Verdict.NONE
    ask_from, alarm_from = _FROM[finding.grade]
    if finding.grade is Grade.NOTHING and (answers or asked):
        ask_from, alarm_from = _FROM_AN_ANSWER if answers else _FROM_ASKED_BEFORE
    sure = _less(chance, finding.leaning)
    if sure >= alarm_from:
        return Verdict.ALARM
    # A sign that stands is asked about in whatever manner it is told.
    doubtful = chance if finding.grade >= Grade.TALK else sure
    return Verdict.ASK if doubtful >= ask_from else Verdict.NONE


def _less(chance: float, leaning: float) -> float:
    """The chance when its log-odds are shifted by `leaning`."""
    if leaning == 0 or not 0 < chance < 1:
        return chance
    return 1 / (1 + exp(-leaning) * (1 - chance) / chance)


def verdict_on(
    finding: Finding, answer: AssistantAnswer, *, asked: bool = False
) -> tuple[Verdict, EmergencyKind | None]:
    """The verdict, and the kind of emergency it is about: None only with Verdict.NONE. `asked` as in `weigh`."""
    kind = finding.kind or answer.emergency
    if answer.emergency_chance is None and answer.emergency:
        return Verdict.ALARM, kind
    verdict = weigh(finding, answer.emergency_chance, answers=answer.answers_question, asked=asked)
    if verdict is Verdict.NONE and answer.emergency and not answer.bubbles:
        verdict = Verdict.ASK  # It reported one and said nothing else: something has to be said.
    if verdict is Verdict.NONE:
        return verdict, None
    return verdict, kind or answer.emergency_suspected or EmergencyKind.INDOOR_LEAK


def decide(text: str, chance: float | None) -> str:
    """The verdict on a text, as the report on the assistant's training names it. `chance`: see `weigh`."""
    return weigh(look(text), chance).value
