"""One Rasa with the project's model for the whole session."""

from collections.abc import Iterator

import pytest

from assistant import model_files
from bot.adapters.rehearsal import Town
from tests.assistant.rasa_server import ROOT, Actions, Rasa, new_town, rasa_server

PYTHON = ROOT / "assistant" / ".venv" / "bin" / "python"


@pytest.fixture(scope="session")
def actions() -> Iterator[Actions]:
    with Actions().running() as actions:
        yield actions


@pytest.fixture(scope="session")
def rasa(actions: Actions) -> Iterator[Rasa]:
    model = model_files.current_model(ROOT / "models")
    wanted = model_files.model_name(model_files.fingerprint(ROOT))
    if model is None or model.name != wanted:
        pytest.fail("the model in models/ is not trained on these files: run 'make model'", pytrace=False)
    with rasa_server(PYTHON, model, actions) as rasa:
        yield rasa


@pytest.fixture
def town(actions: Actions) -> Town:
    """The company's records, fresh for each conversation."""
    town = new_town()
    actions.move_to(town)
    return town
