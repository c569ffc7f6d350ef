"""A case study written, passed on and signed off, by the site's own actions."""

from enquiries.actions import save_sheet
from enquiries.models import Ethics
from enquiries.sheets.forms import plain
from reports import actions
from reports.manuscript.standing import standing_of
from reports.models import CaseStudyDraft, Publication
from tests.impact.matching import ethics_told

WORDS = {
    "title": "Planning in pairs",
    "summary": "Two teachers planned one lesson and taught it twice.",
    "context": "Four schools work together.\nPupils ask few questions.",
    "innovation": "We planned in pairs [T1].",
}


def ethics_agreed(world) -> None:
    """The ethics checklist says that findings will be published, and who checks them before."""
    told = Ethics.objects.filter(enquiry=world.enquiry).first() or ethics_told(world)
    if not told.extra_check:
        save_sheet(
            Ethics,
            place={"enquiry": world.enquiry},
            seen={"is_published": False, "extra_check": ""},
            wanted={"is_published": True, "extra_check": "The lead reads all of it again."},
            by=world.person("leah"),
        )


def write(world, by: str = "leah", **wanted) -> CaseStudyDraft:
    """What somebody writes into the case study, on top of what stands there.

    The ethics checklist is answered by then.
    """
    ethics_agreed(world)
    place = {"enquiry": world.enquiry}
    draft = CaseStudyDraft.objects.filter(**place).first() or CaseStudyDraft()
    seen = {name: plain(getattr(draft, name)) for name in wanted}
    return save_sheet(CaseStudyDraft, place=place, seen=seen, wanted=wanted, by=world.person(by))


def take(world, action, by: str, **more):
    """A step about the words as they stand."""
    revision = standing_of(world.enquiry).revision
    return action(enquiry=world.enquiry, revision=revision, by=world.person(by), **more)


def criticised(world, **words) -> CaseStudyDraft:
    """Written, sent, and with nothing more to be done."""
    draft = write(world, **(words or WORDS))
    take(world, actions.send_for_critique, "leah")
    take(world, actions.give_critique, "faye", is_done=True)
    return draft


def signed(world, **words) -> CaseStudyDraft:
    draft = criticised(world, **words)
    take(world, actions.check_consent, "leah")
    take(world, actions.sign_off_case_study, "leah")
    return draft


def chosen(world, **words) -> CaseStudyDraft:
    draft = signed(world, **words)
    take(world, actions.choose_case_study, "owen", is_chosen=True, note="A cross-phase alliance.")
    return draft


def published(world, **words) -> Publication:
    chosen(world, **words)
    return take(world, actions.publish_case_study, "owen")
