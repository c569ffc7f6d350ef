from celery import shared_task
from django.utils import timezone

from reports import actions


@shared_task(name="reports.build")
def build(report_id: int) -> None:
    actions.build_report(report_id)


@shared_task(name="reports.set_part")
def set_part(report_id: int) -> None:
    actions.set_part(report_id)


@shared_task(name="reports.make_preview")
def make_preview(number: int) -> None:
    actions.make_preview(number)


@shared_task(name="reports.clear_parts")
def clear_parts() -> None:
    actions.clear_parts()


@shared_task(name="reports.keep_counts")
def keep_counts() -> None:
    actions.keep_counts()


@shared_task(name="reports.delete_due")
def delete_due() -> None:
    actions.delete_due()


@shared_task(name="reports.sweep")
def sweep() -> None:
    actions.sweep()
    actions.sweep_previews()


@shared_task(name="reports.summarise_terms")
def summarise_terms() -> None:
    actions.summarise_terms(timezone.localdate())


@shared_task(name="reports.write_weeklies")
def write_weeklies() -> None:
    actions.write_weeklies()
