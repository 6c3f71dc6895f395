"""What an administrator does in the tests of training: start a training, end it, release its model, look."""

from typing import Any

from tests.flows.office import Office
from tests.training_house import NEW, ScriptedTraining


async def start(office: Office) -> str:
    run_id: str = (await office.call("901", "POST", "training/runs", reason="新说法")).json()["run"]["id"]
    return run_id


async def run_of(office: Office, run_id: str) -> dict[str, Any]:
    answer: dict[str, Any] = await office.get("901", f"training/runs/{run_id}")
    return answer


async def trained(office: Office, process: ScriptedTraining, *gates: dict[str, Any], model: str = NEW) -> str:
    run_id = await start(office)
    process.end(run_id, *gates, model=model)
    await office.desk.gasdesk.training.runs.wait(run_id)
    return run_id


async def release(office: Office, run_id: str, reason: str = "") -> Any:
    answer = await office.call("901", "POST", f"training/runs/{run_id}/release", reason=reason)
    await office.desk.gasdesk.training.releases.work()
    return answer


async def releases(office: Office) -> list[tuple[str, str, bool]]:
    found = (await office.get("901", "training/releases"))["releases"]
    return [(one["state"], one["model"], one["rollback"]) for one in found]
