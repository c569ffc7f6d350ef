from celery import shared_task

from impact import actions


@shared_task(name="impact.take_up")
def take_up(upload_id: int) -> None:
    actions.take_up(upload_id)


@shared_task(name="impact.sweep_uploads")
def sweep_uploads() -> None:
    actions.sweep_uploads()


@shared_task(name="impact.clear_uploads")
def clear_uploads() -> None:
    actions.clear_uploads()


@shared_task(name="impact.delete_run_out")
def delete_run_out() -> None:
    actions.delete_run_out()
