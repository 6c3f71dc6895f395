"""How Rasa is started: the command line and what its environment holds."""

import os
from collections.abc import Mapping
from pathlib import Path

#: What Rasa's side reads of ours. The rest, keys and addresses of databases, is none of its business.
_OURS = {"GASDESK_TENSORFLOW"}


def rasa_command(
    root: Path, model: Path, port: int, *, endpoints: str = "endpoints.yml", credentials: str = "credentials.yml"
) -> list[str]:
    """Run in `root`. `assistant` is Rasa's own command line, started quickly (assistant/__main__.py).

    `--enable-api` opens Rasa's own `POST /model/parse`, which the tests and the training pages use.
    """
    python = root / "assistant" / ".venv" / "bin" / "python"
    return [
        *(str(python), "-m", "assistant", "run"),
        *("--model", str(model)),
        *("--interface", "127.0.0.1", "--port", str(port)),
        *("--endpoints", endpoints, "--credentials", credentials),
        "--enable-api",
    ]


def rasa_environment(action_url: str, inherited: Mapping[str, str] | None = None) -> dict[str, str]:
    """`action_url`: where Rasa finds gasdesk's actions. `inherited`: this process's environment unless told."""
    given = os.environ if inherited is None else inherited
    environment = {name: value for name, value in given.items() if not name.startswith("GASDESK_") or name in _OURS}
    return environment | {
        "GASDESK_ACTION_URL": action_url,
        "RASA_TELEMETRY_ENABLED": "false",
        # One process: more would need a shared lock store, and would not hang on the leash.
        "SANIC_WORKERS": "1",
        "TF_CPP_MIN_LOG_LEVEL": "2",
        # Its frozen libraries deprecate each other.
        "PYTHONWARNINGS": "ignore::DeprecationWarning",
        # Its log is read by people, and while it runs.
        "PYTHONUNBUFFERED": "1",
        "NO_COLOR": "1",
    }
