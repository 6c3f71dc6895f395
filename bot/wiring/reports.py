"""Connects reports over days and weeks."""

from datetime import timedelta

from fastapi import FastAPI

from bot.adapters.sql.service_report import SqlServiceReport
from bot.channels.auth import Auth
from bot.channels.service_report_api import service_report_routes
from bot.domain.company import CompanyProfile
from bot.domain.staff import Role
from bot.gasdesk import Gasdesk


def add_report_routes(api: FastAPI, gasdesk: Gasdesk, auth: Auth, company: CompanyProfile) -> None:
    sla = company.sla
    quick, limit = (timedelta(seconds=seconds) for seconds in (sla.first_reply_seconds, sla.reply_limit_seconds))
    count = SqlServiceReport(gasdesk.stores.database, quick, limit, company.staffing.skill_groups)
    api.include_router(
        service_report_routes(
            leading=auth.requires(Role.LEAD, Role.INSPECTOR),
            count=count,
            clock=gasdesk.clock,
            zone=company.company.zone,
            sla=sla,
        )
    )
