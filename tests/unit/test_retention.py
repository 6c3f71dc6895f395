"""Models are kept by number and age; rows and files stay in step, also after a crash; what is needed stays."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.testing import START, ManualClock
from bot.training.release import Release, ReleaseState
from bot.training.retention import Keep, KeptModel, Retention, needed_models, to_drop
from bot.training.run import Run, RunState


def model(name: str, days: float) -> KeptModel:
    """So many days old."""
    return KeptModel(name, START - timedelta(days=days))


def release(model: str, before: str, state: ReleaseState = ReleaseState.LIVE, *, rollback: bool = False) -> Release:
    return Release(
        id=f"r-{model}", state=state, model=model, before=before, rollback=rollback, staff_id="901", reason="", at=START
    )


def run(model: str, live: str, state: RunState = RunState.READY, days: float = 0) -> Run:
    at = START - timedelta(days=days)
    return Run(
        id=f"run-{model}", state=state, staff_id="901", reason="", at=at, keeper={}, model=model, live_model=live
    )


def test_too_many_and_too_old_ones_go_the_newest_stay() -> None:
    models = [model("a", 1), model("b", 2), model("c", 3), model("d", 99)]
    assert to_drop(models, (), Keep(3, timedelta(days=90)), START) == ["d"]
    assert to_drop(models, (), Keep(2, timedelta(days=90)), START) == ["c", "d"]
    assert to_drop(models, (), Keep(9, timedelta(days=2)), START) == ["c", "d"]
    assert to_drop(models, {"d"}, Keep(2, timedelta(days=90)), START) == ["c"]


def test_the_live_one_and_what_may_be_wanted_at_once_are_needed() -> None:
    releases = [
        release("tried", "live", ReleaseState.CANARY),
        release("live", "before"),
        release("before", "older"),
        release("failed", "x", ReleaseState.FAILED),
    ]
    runs = [run("candidate", "live"), run("stale", "before"), run("failing", "live", RunState.FAILED)]
    assert needed_models("live", releases, runs) == {"live", "before", "tried", "candidate"}
    back = [release("old", "new", rollback=True), release("new", "old"), release("old", "oldest")]
    assert needed_models("old", back, []) == {"old", "oldest"}


@dataclass
class Shelf:
    """Implements ModelShelf."""

    files: list[KeptModel]
    folders: set[str] = field(default_factory=set)
    current: str = "live"
    power: int = 99

    def live(self) -> str:
        return self.current

    def models(self) -> list[KeptModel]:
        return self.files

    def runs(self) -> set[str]:
        return self.folders

    def drop_model(self, name: str) -> None:
        if not self.power:
            raise OSError("the power is cut")
        self.power -= 1
        self.files = [one for one in self.files if one.name != name]

    def drop_run(self, run_id: str) -> None:
        self.folders.discard(run_id)


class Rows:
    """Implements RunStore and ReleaseStore, as far as they are read."""

    def __init__(self, runs: list[Run], releases: list[Release]) -> None:
        self.runs = runs
        self.releases = releases


class Runs(Rows):
    async def all(self, limit: int) -> list[Run]:
        return self.runs

    async def retire(self, run_id: str) -> None:
        self.runs = [replace(one, state=RunState.RETIRED) if one.id == run_id else one for one in self.runs]


class Releases(Rows):
    async def all(self, limit: int) -> list[Release]:
        return self.releases


def stage(*, power: int = 99) -> tuple[Retention, Shelf, Runs]:
    shelf = Shelf([model("live", 50), model("new", 1), model("old", 60), model("older", 70)], power=power)
    shelf.folders = {"run-new", "run-old", "run-older", "run-live", "run-gone"}
    runs = Runs([run(name, "x", days=60) for name in ("new", "live", "old", "older")], [])
    keep = Keep(2, timedelta(days=90))
    return Retention(shelf=shelf, runs=runs, releases=Releases([], []), keep=keep, clock=ManualClock()), shelf, runs


def states(runs: Runs) -> dict[str, str]:
    return {str(one.model): one.state.value for one in runs.runs}


async def test_rows_say_what_files_are_gone() -> None:
    retention, shelf, runs = stage()
    assert await retention.clean() == ["old", "older"]
    assert {one.name for one in shelf.files} == {"live", "new"}
    assert states(runs) == {"new": "ready", "live": "ready", "old": "retired", "older": "retired"}
    assert shelf.folders == {"run-new", "run-live"}
    assert await retention.clean() == []


async def test_a_crash_between_rows_and_files_is_made_good() -> None:
    retention, shelf, runs = stage(power=1)
    try:
        await retention.clean()
    except OSError:
        shelf.power = 99
    assert states(runs)["older"] == "retired"
    assert await retention.clean() == ["older"]
    shelf.files = [model("live", 50)]
    await retention.clean()
    assert states(runs)["new"] == "retired", "somebody else took the file away"


async def test_while_a_model_is_trained_nothing_is_dropped() -> None:
    retention, shelf, runs = stage()
    runs.runs.append(run("next", "live", RunState.RUNNING))
    assert await retention.clean() == []
    assert len(shelf.files) == 4
