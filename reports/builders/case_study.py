from django.conf import settings
from django.db.models import Q
from django.utils.formats import date_format

from alliances.content import words
from enquiries.models import Cycle, Enquiry, Trial
from enquiries.queries import with_whereabouts
from impact.disclosure import Ledger
from impact.models import Claim
from impact.wording import number, printed_dates
from reports.builders.claims import (
    claim_line,
    evidence_lines,
    marked,
    symbols_in,
    with_marks,
)
from reports.builders.measures import LEVELS, measure_tables, symbols_used
from reports.builders.pictures import charts_of, strength_chart
from reports.builders.shelf import Shelf
from reports.values import CaseStudy, CycleAccount, Pair, SchoolLine, TrialNote

ALLIANCE = "alliance"
# As an imported account says of a school that it does not tell its phase.
NOT_KNOWN = {"", "unknown"}


def build_case_study(
    enquiry: Enquiry,
    *,
    exact: bool = False,
    ledger: Ledger | None = None,
    shelf: Shelf | None = None,
) -> CaseStudy:
    """An enquiry as a case study of everything logged, in which nobody is named.

    Small numbers are withheld unless ``exact``, which is for people of the alliance itself. With
    a ``ledger`` it is one to be published, held against those before it. A ``shelf`` holds what
    has been read so already.
    """
    alliance = enquiry.alliance
    listing = getattr(enquiry, "listing", None)
    shelf = shelf or Shelf(enquiry, exact=exact, ledger=ledger)
    measures, sources, stated = shelf.measures, shelf.sources, shelf.stated
    own = [each for each in stated if each.claim.origin == Claim.Origin.ALLIANCE]
    return CaseStudy(
        service=settings.SERVICE_NAME,
        agency=settings.AGENCY_NAME,
        programme=alliance.programme.title,
        alliance=alliance.name,
        other_names=[other.name for other in alliance.other_names.all()],
        title=enquiry.title or (listing.focus if listing else ""),
        theme=f"Theme {alliance.theme.number}" if alliance.theme else "",
        theme_title=alliance.theme.title if alliance.theme else "",
        cohort=str(alliance.cohort or ""),
        lead_school=alliance.lead_school,
        area=alliance.area or alliance.region,
        context=alliance.context,
        school_count="" if alliance.school_count is None else number(alliance.school_count),
        period=_period(enquiry),
        focus=enquiry.focus or (listing.focus if listing else ""),
        question=enquiry.question or (listing.question if listing else ""),
        aims=enquiry.aims,
        strands=enquiry.strands or (listing.strands if listing else []),
        methods=enquiry.methods or (listing.methods if listing else []),
        partners=enquiry.partners or [partner.name for partner in alliance.partners.all()],
        grants=[f"£{g.pounds:,}: {g.purpose}" for g in enquiry.grants.all()],
        schools=(schools := _schools(enquiry)),
        phases=sorted({school.phase for school in schools} - NOT_KNOWN),
        duties=[duty.description for duty in enquiry.duties.all()],
        cycles=[_cycle(cycle) for cycle in enquiry.cycles.prefetch_related("trials")],
        charts=charts_of(measures),
        measures=with_marks(measure_tables(measures), sources),
        claims=[
            Pair(LEVELS[each.claim.level], marked(each))
            for each in stated
            if each.claim.origin == Claim.Origin.PROGRAMME
        ],
        alliance_impact=[marked(each) for each in own if each.claim.level == ALLIANCE],
        stated=[
            f"{LEVELS[each.claim.level]}: {marked(each)}"
            for each in own
            if each.claim.level != ALLIANCE
        ],
        rests_on=[claim_line(each) for each in stated],
        evidence=evidence_lines(stated, sources),
        strength=[drawn] if (drawn := strength_chart(stated)) else [],
        leadership=[Pair(str(e), e.reflection) for e in enquiry.leadership_log.all()],
        challenges=[Pair(c.challenge, c.response) for c in enquiry.challenges.all()],
        sharing=[shared.text for shared in enquiry.disseminations.all()],
        next_steps=[step.text for step in enquiry.next_steps.all()],
        quotations=[Pair(q.text, q.voice) for q in shelf.quotations.values()],
        lessons=[lesson.text for lesson in enquiry.lessons.all()],
        key_messages=_key_messages(listing),
        research_claims=_research_claims(enquiry, listing),
        interventions=enquiry.interventions,
        sources=_sources(enquiry),
        symbols=symbols_used(measures, *symbols_in(stated)),
        threshold=alliance.programme.small_number_threshold,
    )


def _period(enquiry: Enquiry) -> str:
    return " to ".join(printed_dates(day) for day in (enquiry.started, enquiry.ended) if day)


def _schools(enquiry: Enquiry) -> list[SchoolLine]:
    return [
        SchoolLine(p.school.name, p.school.phase, p.get_part_display(), p.notes)
        for p in enquiry.participations.select_related("school")
    ]


def _cycle(cycle: Cycle) -> CycleAccount:
    return CycleAccount(
        label=cycle.label,
        period=cycle.period,
        phase=cycle.get_phase_display(),
        tried=cycle.tried,
        refinements=cycle.refinements,
        evidence=cycle.evidence,
        trials=[trial_note(trial) for trial in cycle.trials.all()],
    )


def trial_note(trial: Trial) -> TrialNote:
    """What one person noted of a trial."""
    return TrialNote(
        date_format(trial.held_on, "j F Y"),
        trial.strategy,
        trial.with_whom,
        trial.done,
        trial.experienced,
        trial.reflection,
        trial.recommendation,
    )


def _research_claims(enquiry: Enquiry, listing) -> list[Pair]:
    """The claims the alliance relates its work to, else those the programme's reports name."""
    claims = words("enquiries", "claims")
    codes = enquiry.research_claims or (listing.claims if listing else [])
    return [Pair(claims[code].title, claims[code].text) for code in codes]


def _key_messages(listing) -> list[Pair]:
    messages = words("enquiries", "messages")
    codes = listing.key_messages if listing else []
    return [Pair(messages[code].title, messages[code].text) for code in codes]


def _sources(enquiry: Enquiry) -> list[str]:
    """What the account rests on: the published project, the programme's reports, the logs."""
    sources = []
    if enquiry.document.get("outline"):
        first, last = enquiry.document["outline"][0]["source_lines"]
        sources.append(f"The alliance's published account of its project, lines {first} to {last}.")
    if hasattr(enquiry, "listing"):
        sources.append("The programme's published reports, where they cite the alliance.")
    if _has_logged(enquiry):
        sources.append("Entries, measures and readings logged by the alliance.")
    return sources


def _has_logged(enquiry: Enquiry) -> bool:
    """Whether people logged anything, beside what was taken from print."""
    told = with_whereabouts(Enquiry.objects.filter(pk=enquiry.pk)).get()
    by_people = Q(logged_by__isnull=False) | Q(readings__logged_by__isnull=False)
    return told.last_logged_at is not None or enquiry.measures.filter(by_people).exists()
