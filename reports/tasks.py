from celery import shared_task

from reports import actions


@shared_task(name="reports.build")
def build(report_id: int) -> None:
    actions.build_report(report_id)


@shared_task(name="reports.sweep")
def sweep() -> None:
    actions.sweep()


@shared_task(name="reports.write_weeklies")
def write_weeklies() -> None:
    actions.write_weeklies()
