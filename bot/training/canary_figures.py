"""The model on trial beside the live one, by what customers got from each. Shares are 0 to 1."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.training.canary import Answered
from bot.training.measures import Share, percentile, share


@dataclass(frozen=True)
class Arm:
    """What one model did in conversations that were opened during the trial."""

    conversations: int
    answers: int
    #: Of the answers.
    fallback: Share
    failed: Share
    #: Of the conversations.
    handed_over: Share
    unhelpful: Share
    #: Of an answer, in milliseconds, as gasdesk waits for it.
    p50: float
    p95: float


def arms(answered: Sequence[Answered]) -> tuple[Arm, Arm]:
    """The live model's, and that of the model on trial."""
    live, candidate = ([one for one in answered if one.candidate is side] for side in (False, True))
    return _arm(live), _arm(candidate)


def _arm(answers: Sequence[Answered]) -> Arm:
    conversations = {one.conversation_id for one in answers}
    times = [one.milliseconds for one in answers if not one.failed]
    return Arm(
        conversations=len(conversations),
        answers=len(answers),
        fallback=share(sum(one.fallback for one in answers), len(answers)),
        failed=share(sum(one.failed for one in answers), len(answers)),
        handed_over=share(len({o.conversation_id for o in answers if o.handed_over}), len(conversations)),
        unhelpful=share(len({o.conversation_id for o in answers if o.unhelpful}), len(conversations)),
        p50=percentile(times, 0.5),
        p95=percentile(times, 0.95),
    )
