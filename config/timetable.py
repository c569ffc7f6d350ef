"""What recurs without anybody asking for it, and when."""

from datetime import timedelta

from celery.schedules import crontab


def _every(task: str, seconds: int) -> dict:
    """One that is not caught up with: the next comes soon enough."""
    return {"task": task, "schedule": timedelta(seconds=seconds), "options": {"expires": seconds}}


def _at(task: str, minute: str, hour: str = "*", *, within: int = 3000) -> dict:
    """One at a time by the clock, of use so many seconds after it."""
    moment = crontab(minute=minute, hour=hour)
    return {"task": task, "schedule": moment, "options": {"expires": within}}


TIMETABLE = {
    "sweep-reports": _every("reports.sweep", 20),
    "sweep-uploads": _every("impact.sweep_uploads", 20),
    "keep-counts": _every("reports.keep_counts", 60),
    "send-mails": _every("alliances.send_mails", 60),
    "write-weeklies": _at("reports.write_weeklies", "5,25,45", within=600),
    "clear-uploads": _at("impact.clear_uploads", "10"),
    "delete-run-out": _at("impact.delete_run_out", "15"),
    "summarise-terms": _at("reports.summarise_terms", "35"),
    "clear-sessions": _at("alliances.clear_sessions", "20", "3"),
    "clear-parts": _at("reports.clear_parts", "40", "3"),
    "delete-due": _at("reports.delete_due", "20", "4"),
}
