"""Rasa's rule policy without the work that no rule of ours can profit from; what it decides stays the same.

At each step Rasa works out every state of the conversation, once for rules about texts and once for rules about
intents, and copies all of it for a log. Here only the states that the longest rule can see are worked out, and rules
about texts are looked for only if there are any.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from rasa.core.policies.rule_policy import RULES, RULES_FOR_LOOP_UNHAPPY_PATH, RulePolicy
from rasa.shared.core.constants import USER
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import TEXT

Found = tuple[str | None, str | None, bool]
_find_action: Callable[[RulePolicy, DialogueStateTracker, Domain, bool], Found] = RulePolicy._find_action_from_rules


@dataclass(frozen=True)
class _Rules:
    """What can be said of a policy's rules once and for all."""

    #: States that the longest of them looks at.
    longest: int
    about_texts: bool


_known: WeakKeyDictionary[RulePolicy, _Rules] = WeakKeyDictionary()


def take() -> None:
    """Let Rasa decide this way from now on; for servers only: in training, a policy's rules still change."""
    RulePolicy._find_action_from_rules = _find_action_from_rules
    RulePolicy._prediction_states = _latest_states
    RulePolicy.format_tracker_states = staticmethod(lambda states: "")  # only logged


def _rules_of(policy: RulePolicy) -> _Rules:
    if policy not in _known:
        lookups = (policy.lookup[RULES], policy.lookup[RULES_FOR_LOOP_UNHAPPY_PATH])
        rules = [json.loads(key) for lookup in lookups for key in lookup]
        about_texts = any(TEXT in state.get(USER, {}) for states in rules for state in states)
        _known[policy] = _Rules(max(map(len, rules), default=1), about_texts)
    return _known[policy]


def _find_action_from_rules(
    policy: RulePolicy, tracker: DialogueStateTracker, domain: Domain, use_text_for_last_user_input: bool
) -> Found:
    if use_text_for_last_user_input and not _rules_of(policy).about_texts:
        return None, None, False
    return _find_action(policy, tracker, domain, use_text_for_last_user_input)


def _latest_states(
    policy: RulePolicy,
    tracker: DialogueStateTracker,
    domain: Domain,
    use_text_for_last_user_input: bool = False,
    rule_only_data: dict[str, Any] | None = None,
) -> list[State]:
    del rule_only_data  # for policies that learn from stories
    states = [domain.get_active_state(prior) for prior in _latest_priors(tracker, _rules_of(policy).longest)]
    policy.featurizer._choose_last_user_input([states], use_text_for_last_user_input)
    return states


def _latest_priors(tracker: DialogueStateTracker, number: int) -> Iterator[DialogueStateTracker]:
    """The conversation as it stood before each of its last actions, and as it stands; one tracker, moving on."""
    events = tracker.applied_events()
    actions_left = sum(isinstance(event, ActionExecuted) for event in events)
    prior = tracker.init_copy()
    for event in events:
        if isinstance(event, ActionExecuted):
            if actions_left < number:
                yield prior
            actions_left -= 1
        prior.update(event)
    yield prior
