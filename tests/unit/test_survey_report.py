"""The survey report counts by agent, type and week, and keeps telephone numbers out of reasons."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.survey_report import Figures, Judged, survey_report
from bot.domain.surveys import Survey

ZONE = ZoneInfo("Asia/Shanghai")
#: A Sunday evening in UTC, Monday already where the company is.
SUNDAY_NIGHT = datetime(2026, 11, 15, 16, 30, tzinfo=UTC)


def judged(staff_id: str, category: str, at: datetime, score: int | None = None, reason: str = "") -> Judged:
    survey = Survey(conversation_id="c", contact_id="web:a", staff_id=staff_id, asked_at=at, score=score, reason=reason)
    return Judged(survey, category)


def test_figures_by_agent_type_and_the_company_s_week() -> None:
    found = survey_report(
        [
            judged("102", "投诉", SUNDAY_NIGHT, 2, "等待太久"),
            judged("101", "咨询", SUNDAY_NIGHT.replace(hour=15), 5),
            judged("101", "投诉", SUNDAY_NIGHT, 4),
            judged("101", "", SUNDAY_NIGHT),
        ],
        ZONE,
    )
    assert found.total == Figures(4, 3, 3.67)
    assert found.agents == {"101": Figures(3, 2, 4.5), "102": Figures(1, 1, 2.0)}
    assert found.categories == {"": Figures(1, 0, None), "咨询": Figures(1, 1, 5.0), "投诉": Figures(2, 2, 3.0)}
    assert found.weeks == {"2026-11-09": Figures(1, 1, 5.0), "2026-11-16": Figures(3, 2, 3.0)}


def test_reasons_are_counted_without_telephone_numbers() -> None:
    said = ["等待太久", "请打13812345678", "等待太久", ""]
    found = survey_report([judged("101", "", SUNDAY_NIGHT, 1, reason) for reason in said], ZONE)
    assert found.reasons == [("等待太久", 2), ("请打138****5678", 1)]


def test_nobody_was_asked() -> None:
    found = survey_report([], ZONE)
    assert (found.total, found.agents, found.reasons) == (Figures(0, 0, None), {}, [])
