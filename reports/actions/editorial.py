"""A case study goes from draft to publication, one step after the other."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from alliances import access, audit
from alliances.actions import notify
from alliances.forms import wording_of
from alliances.models import Alliance, Mail, User
from alliances.roles import Permission
from enquiries.actions import hold, save_sheet
from enquiries.models import Enquiry
from enquiries.sheets.forms import plain
from reports.actions.asking import freeze_for_publication
from reports.builders.shelf import Shelf
from reports.manuscript.forms import as_logged
from reports.manuscript.hindrances import hindrances
from reports.manuscript.standing import Standing, State, standing_of
from reports.models import CaseStudyDraft, EditorialStep, Publication

Step = EditorialStep.Step
CHANGED = "Somebody has changed the case study since you read it: read it again"


class NotNow(Exception):
    """Why a step cannot be taken, each reason in words."""

    def __init__(self, *reasons: str):
        self.reasons = reasons
        super().__init__("; ".join(reasons))


@transaction.atomic
def begin_with_logged(*, enquiry: Enquiry, by: User) -> CaseStudyDraft:
    """Fill every empty section with the words of the log, under a line that says so."""
    hold(enquiry)
    place = {"enquiry": enquiry}
    draft = CaseStudyDraft.everything.filter(**place).first() or CaseStudyDraft(**place)
    shelf = Shelf(enquiry)
    empty = [name for name in draft.SECTIONS if not getattr(draft, name)]
    wanted = {name: text for name in empty if (text := as_logged(name, shelf))}
    seen = {name: plain(getattr(draft, name)) for name in wanted}
    return save_sheet(CaseStudyDraft, place=place, seen=seen, wanted=wanted, by=by)


@transaction.atomic
def send_for_critique(
    *, enquiry: Enquiry, revision: int, note: str = "", by: User
) -> EditorialStep:
    """The lead asks the facilitator to read it."""
    standing = _held(enquiry, revision)
    if not standing.has_words:
        raise NotNow("Nothing has been written yet")
    return _take(standing, Step.SENT, Permission.WRITE_JUDGEMENT, note, by)


@transaction.atomic
def give_critique(
    *, enquiry: Enquiry, revision: int, is_done: bool, note: str = "", by: User
) -> EditorialStep:
    """The facilitator sends it back with what is to be done, or has nothing more to ask."""
    standing = _held(enquiry, revision)
    step = Step.ACCEPTED if is_done else Step.RETURNED
    if standing.critique is None:
        raise NotNow("It has not been sent for critique")
    if is_done and standing.changes_open:
        raise NotNow("A change that you asked for is still open: accept it first")
    return _take(standing, step, Permission.SIGN_CLAIMS, note, by)


@transaction.atomic
def check_consent(*, enquiry: Enquiry, revision: int, note: str = "", by: User) -> EditorialStep:
    """The lead has made sure that everybody agreed and nobody can be told."""
    standing = _held(enquiry, revision)
    if not standing.has_words:
        raise NotNow("Nothing has been written yet")
    return _take(standing, Step.CHECKED, None, note, by)


@transaction.atomic
def sign_off_case_study(
    *, enquiry: Enquiry, revision: int, note: str = "", by: User
) -> EditorialStep:
    """The lead signs it off for the alliance, as it reads now."""
    standing = _held(enquiry, revision)
    if found := hindrances(standing):
        raise NotNow(*(each.text for each in found))
    return _take(standing, Step.SIGNED, Permission.SELECT_CASE_STUDIES, note, by)


@transaction.atomic
def choose_case_study(
    *, enquiry: Enquiry, revision: int, is_chosen: bool, note: str, by: User
) -> EditorialStep:
    """The national team chooses it for publication, or does not; ``note`` is the reason."""
    standing = _held(enquiry, revision)
    if standing.signature is None:
        raise NotNow("Its alliance has not signed it off as it stands")
    step = Step.CHOSEN if is_chosen else Step.NOT_CHOSEN
    return _take(standing, step, Permission.SIGN_CLAIMS, note, by)


@transaction.atomic
def publish_case_study(
    *, enquiry: Enquiry, revision: int, correction: str = "", by: User
) -> Publication:
    """Freeze what was signed off and let anybody read it; a later version keeps the address.

    ``correction`` says what the version before had wrong, where there was one.
    """
    standing = _held(enquiry, revision)
    if standing.state == State.PUBLISHED:
        return standing.publication
    if standing.state != State.PUBLISHING:
        raise NotNow("It has to be signed off and chosen first")
    if found := hindrances(standing):
        raise NotNow(*(each.text for each in found))
    before = next(iter(standing.publications), None)
    if before and not correction:
        raise NotNow("Say what the version before had wrong")
    report = freeze_for_publication(
        enquiry=enquiry,
        corrects=before and before.report,
        correction=correction if before else "",
        by=by,
    )
    slug = before.slug if before else _free_slug(enquiry.alliance)
    published = Publication.objects.create(report=report, slug=slug, published_by=by)
    audit.record("published", published, by=by, slug=slug)
    _tell(standing, Permission.SIGN_CLAIMS, by)
    return published


@transaction.atomic
def withdraw_publication(*, enquiry: Enquiry, reason: str, by: User) -> None:
    """Take every version of an enquiry's case study out of public sight; the first reason stays."""
    hold(enquiry)
    for each in standing_of(enquiry).publications:
        if each.withdrawn_at is None:
            each.withdrawn_at, each.withdrawn_by, each.reason = timezone.now(), by, reason
            each.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
            audit.record("withdrew", each, by=by)


def _held(enquiry: Enquiry, revision: int) -> Standing:
    """Where it stands, with nobody able to change that; only if it is what the person read."""
    hold(enquiry)
    standing = standing_of(enquiry)
    if standing.revision != revision:
        raise NotNow(CHANGED)
    return standing


def _take(
    standing: Standing, step: Step, next_one: Permission | None, note: str, by: User
) -> EditorialStep:
    """The step, once: sent twice it is one. Those whose turn it is by it are told."""
    last = standing.steps[-1] if standing.steps else None
    if last and (last.step, last.revision_id) == (step, standing.revision):
        return last
    taken = EditorialStep.objects.create(
        enquiry=standing.enquiry, revision_id=standing.revision, step=step, note=note, by=by
    )
    audit.record("took a step", taken, by=by, step=step)
    if next_one:
        _tell(standing, next_one, by)
    return taken


def _tell(standing: Standing, whom: Permission, by: User) -> None:
    """An e-mail that leads to the desk and quotes nothing of the case study."""
    title = wording_of("reports", "case-study")["title"]
    about = f"{title}, {standing.enquiry.alliance}"
    path = reverse("case-study", args=[standing.enquiry.pk])
    for person in access.people_over(standing.enquiry.alliance, whom):
        notify(person=person, kind=Mail.Kind.TURN, by=by, about=about, path=path)


def _free_slug(alliance: Alliance) -> str:
    """An address made of the alliance's name that no other has."""
    base = slugify(alliance.name)[:80] or "alliance"
    taken = set(Publication.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (base, *numbered) if slug not in taken)
