"""The desk of the demonstration: two case studies, and a theme report that has been issued."""

from uuid import uuid4

from alliances.models import Programme, User
from enquiries.actions import open_thread, save_sheet
from enquiries.models import Enquiry, Quotation
from impact.models import Measure
from reports import actions
from reports.manuscript.standing import SLUG, standing_of
from reports.models import CaseStudyDraft


def fill_the_desk(programme: Programme, told: list[dict], editor: str) -> None:
    """Take each case study as far as its plan goes; ``editor`` is the national team's address."""
    for plan in told:
        enquiry = programme.alliances.get(key=plan["alliance"]).enquiries.first()
        if CaseStudyDraft.objects.filter(enquiry=enquiry).exists():
            continue
        lead, facilitator = _person(plan["lead"]), _person(plan["facilitator"])
        draft = _write(enquiry, plan, lead)
        _take(actions.send_for_critique, enquiry, lead)
        if "returned" in plan:
            _ask(draft, plan["asked"], facilitator)
            _take(actions.give_critique, enquiry, facilitator, is_done=False, note=plan["returned"])
        else:
            _to_the_end(enquiry, plan, lead, facilitator, _person(editor))


def arrange_a_theme(programme: Programme, plan: dict, editor: str) -> None:
    """Issue the report on a theme with voices chosen for it, and begin the overarching; once."""
    theme, by = programme.themes.get(number=plan["theme"]), _person(editor)
    if programme.editions.filter(theme=theme).exists():
        return
    edition = actions.begin_edition(programme=programme, theme=theme, by=by)
    opening = edition.passages.get(part="summary")
    actions.word_passage(
        passage=opening,
        heading=opening.heading,
        words=plan["opening"].strip(),
        is_included=True,
        reason="",
        version=opening.version,
        by=by,
    )
    for quotation in plan["quotation"]:
        said = Quotation.objects.get(text=quotation["text"])
        actions.choose(
            edition=edition,
            sheet="quotation",
            record=said.key,
            message=quotation["message"],
            is_included=True,
            reason=quotation["reason"],
            by=by,
        )
    actions.issue_edition(edition=edition, by=by)
    actions.begin_edition(programme=programme, theme=None, by=by)


def _person(email: str) -> User:
    return User.objects.get(email=email)


def _write(enquiry: Enquiry, plan: dict, lead: User) -> CaseStudyDraft:
    marks = [_mark(enquiry, name) for name in plan["measures"]]
    shown = {f"{section}_shows": codes for section, codes in plan["shows"].items()}
    words = {name: plan[name].strip() for name in ("title", "summary") if name in plan}
    words |= {name: plan[name].strip() for name in CaseStudyDraft.SECTIONS if name in plan}
    words["impact"] = words["impact"].format(*(f"[{mark}]" for mark in marks))
    wanted = {**words, **shown, "impact_shows": marks}
    return save_sheet(CaseStudyDraft, place={"enquiry": enquiry}, seen={}, wanted=wanted, by=lead)


def _mark(enquiry: Enquiry, name: str) -> str:
    return f"M{Measure.objects.get(enquiry=enquiry, name=name).position}"


def _take(action, enquiry: Enquiry, by: User, **more) -> None:
    action(enquiry=enquiry, revision=standing_of(enquiry).revision, by=by, **more)


def _ask(draft: CaseStudyDraft, text: str, facilitator: User) -> None:
    open_thread(
        record=draft,
        sheet=SLUG,
        field="impact",
        label="Impact",
        quoted=draft.impact,
        asks_change=True,
        text=text,
        tell=[],
        submission=uuid4(),
        by=facilitator,
    )


def _to_the_end(enquiry: Enquiry, plan: dict, lead: User, facilitator: User, editor: User) -> None:
    _take(actions.give_critique, enquiry, facilitator, is_done=True)
    _take(actions.check_consent, enquiry, lead, note=plan["check"])
    _take(actions.sign_off_case_study, enquiry, lead)
    _take(actions.choose_case_study, enquiry, editor, is_chosen=True, note=plan["chosen"])
    _take(actions.publish_case_study, enquiry, editor)
