from celery import shared_task

from alliances import actions


@shared_task(name="alliances.send_mails")
def send_mails() -> None:
    actions.send_mails()
