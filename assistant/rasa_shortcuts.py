"""Two things that never change and that Rasa works out at every message: most of a turn's time (docs/nlu.md)."""

from functools import cache
from typing import Any

from jsonschema.exceptions import best_match  # type: ignore[import-untyped]  # its stubs are a package of their own
from jsonschema.validators import validator_for  # type: ignore[import-untyped]
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event

_SCHEMA = RemoteAction.action_response_format_spec()
#: Rasa makes one for every answer of an action, and checks its schema against the schema of schemas each time.
_VALIDATOR = validator_for(_SCHEMA)(_SCHEMA)


def take() -> None:
    """Let Rasa use the shortcuts from now on; what it answers stays the same."""
    RemoteAction._validate_action_result = _validate
    # Rasa walks through all event classes for every stored event of a conversation.
    Event.resolve_by_type = staticmethod(cache(Event.resolve_by_type))


def _validate(action: RemoteAction, result: dict[str, Any]) -> bool:
    """
    Raises:
        jsonschema.ValidationError: the answer is not what an action may answer.
    """
    if problem := best_match(_VALIDATOR.iter_errors(result)):
        problem.message = f"the answer of action {action.name()} is malformed: {problem.message}"
        raise problem
    return True
