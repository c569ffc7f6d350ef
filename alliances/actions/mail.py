"""The outbox: an e-mail is a row first, and leaves when its transaction has been committed.

Each row is sent while its lock is held and settled in the same transaction. So nothing is sent
twice however many workers look, and nothing is lost: where a worker dies, its lock goes, and the
row still waits. Only if it dies between the mail server's yes and the commit is that one e-mail
sent once more, under the same Message-ID.
"""

import logging
import smtplib
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from alliances import audit, links, workers
from alliances.models import Invitation, Mail, User
from alliances.models.mail import LONGEST_PAUSE
from alliances.queries import reachable

log = logging.getLogger(__name__)

ALSO_AS_HTML = {Mail.Kind.WEEKLY}
FIRST_PAUSE = timedelta(minutes=1)
KEEP_TRYING = timedelta(days=2)
# From here on a mail server means no, below it means later.
FOR_GOOD = 500


@transaction.atomic
def post(
    *,
    kind: Mail.Kind,
    context: dict,
    person: User | None = None,
    invitation: Invitation | None = None,
    template: str = "",
) -> Mail:
    """Put an e-mail in the outbox; its words are those of templates/alliances/email/<kind>.

    ``template`` names others there, of a kind that tells of more than one thing.
    """
    words = {"service_name": settings.SERVICE_NAME, "settings_url": links.full(reverse("mail"))}
    words |= context
    template = f"alliances/email/{template or kind}"
    subject = render_to_string(f"{template}_subject.txt", words).strip()
    mail = Mail.objects.create(
        kind=kind,
        to=(person or invitation).email,
        person=person,
        invitation=invitation,
        subject=f"{settings.SERVICE_NAME}: {subject}",
        text=render_to_string(f"{template}.txt", words).strip() + "\n",
        html=render_to_string(f"{template}.html", words) if kind in ALSO_AS_HTML else "",
    )
    send_soon()
    return mail


def withdraw(invitation: Invitation) -> None:
    """Do not send what still waits about an invitation."""
    for mail in invitation.mails.waiting().select_for_update():
        _settle(mail, Mail.State.DROPPED, "Another took its place, or it was withdrawn.")


def send_soon() -> None:
    """Have the outbox looked at as soon as this transaction has been committed."""
    transaction.on_commit(lambda: workers.tell("alliances.send_mails"), robust=True)


@transaction.atomic
def notify(*, person: User, kind: Mail.Kind, by: User, about: str, path: str) -> Mail | None:
    """Tell a person at once that somebody returned something of theirs, or mentions them.

    ``about`` names the form or page and quotes nothing of it; ``path`` leads to it. None where
    the person did so themselves, is not to be written to, or does not want such e-mails.
    """
    if person == by or not _wants(person, kind):
        return None
    return post(
        kind=kind, person=person, context={"by": by, "about": about, "url": links.full(path)}
    )


def _wants(person: User, kind: Mail.Kind) -> bool:
    return reachable().filter(pk=person.pk).exclude(unwanted_mail__contains=[kind]).exists()


@transaction.atomic
def choose_mail(*, person: User, unwanted: list[str]) -> None:
    """What a person does not want by e-mail, by the codes of kinds and of parts of the weekly."""
    User.objects.filter(pk=person.pk).update(unwanted_mail=sorted(unwanted))
    audit.record("chose mail", person, by=person, unwanted=sorted(unwanted))


@transaction.atomic
def stop_mail(*, person_id: int, kind: Mail.Kind) -> None:
    """Switch one kind of e-mail off, for whoever holds the signed link of one."""
    person = User.objects.select_for_update(no_key=True).get(pk=person_id)
    if kind not in person.unwanted_mail:
        choose_mail(person=person, unwanted=[*person.unwanted_mail, str(kind)])


def send_mails() -> int:
    """Send every e-mail whose time has come; how many left. Safe to run anywhere at any time."""
    connection, sent = get_connection(), 0
    try:
        while mail := _send_next(connection):
            sent += mail.state == Mail.State.SENT
    except ServerDown:
        log.warning("the mail server takes nothing; the outbox waits")
    finally:
        connection.close()
    return sent


class ServerDown(Exception):
    """The mail server takes nothing from anybody at the moment."""


def _send_next(connection) -> Mail | None:
    """Send and settle the next e-mail, or put it off; None where none is due."""
    refused = None
    with transaction.atomic():
        mail = Mail.objects.due().select_for_update(skip_locked=True).first()
        if mail is None:
            return None
        try:
            _send(connection, mail)
        except OSError as problem:
            refused = problem
            _put_off(mail, problem)
        except Exception:
            log.exception("e-mail %s cannot be sent", mail.pk)
            _settle(mail, Mail.State.DROPPED, "It could not be put in the form of an e-mail.")
    if refused and not _is_about_one(refused):
        raise ServerDown from refused
    return mail


def _send(connection, mail: Mail) -> None:
    if obsolete := _obsolete(mail):
        _settle(mail, Mail.State.DROPPED, obsolete)
        return
    connection.open()
    connection.send_messages([_message(mail)])
    _settle(mail, Mail.State.SENT)


def _obsolete(mail: Mail) -> str:
    """Why an e-mail is not to be sent any more; empty where it is."""
    if mail.invitation:
        is_open = mail.invitation.accepted_at is None and not mail.invitation.has_run_out
        return "" if is_open else "The invitation was accepted or ran out before."
    return "" if _wants(mail.person, mail.kind) else "The person left or switched it off before."


def _message(mail: Mail) -> EmailMultiAlternatives:
    """The e-mail with its headers; those of RFC 8058 let a mail program switch its kind off."""
    headers = {
        "Message-ID": f"<{mail.key}@{urlsplit(settings.SITE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
    }
    if mail.person and mail.kind not in Mail.ALWAYS:
        headers["List-Unsubscribe"] = f"<{links.to_stop(mail.person, mail.kind)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to], headers=headers)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _settle(mail: Mail, state: Mail.State, problem: str = "") -> None:
    """Sent or dropped: what became of it stays, its words go."""
    mail.state, mail.problem, mail.settled_at = state, problem, timezone.now()
    mail.text = mail.html = ""
    mail.save()


def _put_off(mail: Mail, refused: OSError) -> None:
    """To the next attempt, or given up: where the address is wrong, or after two days."""
    now = timezone.now()
    if _is_about_one(refused) and _code(refused) >= FOR_GOOD:
        _settle(mail, Mail.State.DROPPED, "The mail server refused it. Is the address right?")
    elif now - mail.queued_at >= KEEP_TRYING:
        _settle(mail, Mail.State.DROPPED, "The mail server took nothing for two days.")
    else:
        mail.problem = "The mail server did not take it yet."
        mail.try_at = _next_attempt(mail, now)
        mail.attempts += 1
        mail.save()


def _next_attempt(mail: Mail, now: datetime) -> datetime:
    """Twice as long after each failure, but never longer than an hour."""
    return now + min(FIRST_PAUSE * 2 ** min(mail.attempts, 10), LONGEST_PAUSE)


def _is_about_one(refused: OSError) -> bool:
    """Whether the server refused this e-mail, rather than any."""
    return isinstance(refused, smtplib.SMTPRecipientsRefused | smtplib.SMTPDataError)


def _code(refused: OSError) -> int:
    if isinstance(refused, smtplib.SMTPRecipientsRefused):
        return max(code for code, _ in refused.recipients.values())
    return refused.smtp_code
