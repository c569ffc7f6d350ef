from celery import shared_task

from alliances import actions


@shared_task(name="alliances.send_mails")
def send_mails() -> None:
    actions.send_mails()


@shared_task(name="alliances.clear_sessions")
def clear_sessions() -> None:
    actions.clear_sessions()
