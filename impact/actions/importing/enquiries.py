from itertools import chain, count

from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from alliances.actions import describe_alliance, found_alliance
from alliances.models import Alliance, Cohort, Programme, Theme, User
from enquiries.actions import (
    add_printed,
    describe_enquiry,
    open_enquiry,
    record_participations,
)
from enquiries.models import (
    Challenge,
    Cycle,
    Dissemination,
    Duty,
    Enquiry,
    Grant,
    LeadershipEntry,
    NextStep,
    Quotation,
)
from impact.actions.importing.measures import write_measures
from impact.actions.importing.progress import Imported, Progress, silent
from impact.exchange.exporting import enquiry_document
from impact.exchange.faults import Fault, Faulty
from impact.exchange.schema import EnquiryDoc
from impact.models import Claim


@transaction.atomic
def import_enquiries(
    docs: dict[str, EnquiryDoc],
    *,
    programme: Programme,
    by: User | None,
    progress: Progress = silent,
) -> Imported:
    """Each file's enquiry, by the file's name. An enquiry already told differently is a fault."""
    places = _places(docs, programme)
    done = Imported()
    for index, (name, doc) in enumerate(docs.items(), 1):
        enquiry = _enquiry_at(places[name], doc, programme, by)
        if enquiry.title:
            done.unchanged += 1
        else:
            _write_enquiry(enquiry, doc, by=by)
            done.made += 1
        progress(index, len(docs), doc.alliance.name)
    return done


def _places(docs: dict[str, EnquiryDoc], programme: Programme) -> dict[str, Alliance | None]:
    """The alliance each file is about, None where it is new, or every reason why not."""
    faults: list[Fault] = []
    places: dict[str, Alliance | None] = {}
    names: dict[str, str] = {}
    for name, doc in docs.items():
        found = _alliances_named(programme, doc)
        if len(found) > 1:
            known = ", ".join(alliance.name for alliance in found)
            faults.append(Fault(f"{name} $.alliance.name", f"may be any of: {known}"))
        places[name] = found[0] if found else None
        same = {doc.alliance.name.casefold(), *(alliance.key for alliance in found[:1])}
        if also := next((names[each] for each in same & names.keys()), None):
            faults.append(Fault(f"{name} $.alliance.name", f"is also told in {also}"))
        names |= dict.fromkeys(same, name)
        faults += _conflicts(name, doc, places[name], programme)
    if faults:
        raise Faulty(faults)
    return places


def _alliances_named(programme: Programme, doc: EnquiryDoc) -> list[Alliance]:
    known = Q()
    for name in filter(None, (doc.alliance.name, doc.alliance.short_name)):
        known |= (
            Q(name__iexact=name) | Q(short_name__iexact=name) | Q(other_names__name__iexact=name)
        )
    return list(programme.alliances.filter(known).distinct())


def _conflicts(name: str, doc: EnquiryDoc, alliance: Alliance | None, programme: Programme):
    theme = doc.project.theme
    if theme and not programme.themes.filter(number=theme).exists():
        yield Fault(f"{name} $.project.theme", "the programme has no such theme")
    cohort = doc.project.cohort
    if cohort and not programme.cohorts.filter(number=cohort).exists():
        yield Fault(f"{name} $.project.cohort", "the programme has no such cohort")
    enquiry = alliance and alliance.enquiries.first()
    if enquiry and enquiry.title and not _says_the_same(enquiry, doc):
        yield Fault(f"{name} $", f"{alliance.name} already has an enquiry that says otherwise")
    elif enquiry and not enquiry.title:
        yield from _measured_already(name, doc, enquiry)


def _says_the_same(enquiry: Enquiry, doc: EnquiryDoc) -> bool:
    """With or without what people have logged on the site since."""
    said = doc.model_dump(mode="json", exclude_defaults=True)
    return any(enquiry_document(enquiry, printed_only=flag) == said for flag in (True, False))


def _measured_already(name: str, doc: EnquiryDoc, enquiry: Enquiry):
    known = set(enquiry.measures.values_list("name", "population", "group__name"))
    for index, measure in enumerate(doc.measures):
        if (measure.name, measure.population, measure.group) in known:
            yield Fault(f"{name} $.measures[{index}].name", "has been logged on the site already")


def _enquiry_at(
    alliance: Alliance | None, doc: EnquiryDoc, programme: Programme, by: User | None
) -> Enquiry:
    if alliance is None:
        key = _free_key(programme, doc.alliance.name)
        alliance = found_alliance(programme=programme, key=key, name=doc.alliance.name, by=by)
    return alliance.enquiries.first() or open_enquiry(alliance=alliance, by=by)


def _free_key(programme: Programme, name: str) -> str:
    wanted = slugify(name)[:56] or "alliance"
    taken = set(programme.alliances.values_list("key", flat=True))
    numbered = (f"{wanted}-{number}" for number in count(2))
    return next(key for key in chain([wanted], numbered) if key not in taken)


def _write_enquiry(enquiry: Enquiry, doc: EnquiryDoc, *, by: User | None) -> None:
    _describe(enquiry, doc, by=by)
    record_participations(
        enquiry=enquiry,
        by=by,
        rows=[
            {
                "name": school.name,
                "phase": school.phase,
                "part": school.role,
                "notes": school.notes,
                "source_lines": school.source_lines,
            }
            for school in doc.schools
        ],
    )
    for kind, rows in _entries(doc):
        add_printed(kind, enquiry=enquiry, rows=rows)
    write_measures(enquiry, doc.measures)


def _describe(enquiry: Enquiry, doc: EnquiryDoc, *, by: User | None) -> None:
    alliance, project = doc.alliance, doc.project
    programme = enquiry.alliance.programme
    theme = Theme.objects.filter(programme=programme, number=project.theme).first()
    describe_alliance(
        alliance=enquiry.alliance,
        name=alliance.name,
        short_name=alliance.short_name,
        lead_school=alliance.lead_school,
        area=alliance.region_or_area,
        context=alliance.context_summary,
        phases=list(alliance.phases),
        school_count=alliance.n_schools_in_alliance,
        theme=theme,
        cohort=Cohort.objects.filter(programme=programme, number=project.cohort).first(),
        by=by,
    )
    describe_enquiry(
        enquiry=enquiry,
        version=enquiry.version,
        route=theme.route if theme else enquiry.route,
        title=project.title,
        focus=project.focus,
        question=project.research_question or "",
        aims=project.aims,
        strands=project.maturity_strands,
        methods=project.enquiry_methods,
        partners=project.partners,
        started=project.start or "",
        ended=project.end or "",
        document={
            "alliance": alliance.source_lines,
            "project": project.source_lines,
            "outline": [heading.model_dump() for heading in doc.document_outline],
            "tables": [table.model_dump() for table in doc.tables_and_figures],
        },
        by=by,
    )


def _entries(doc: EnquiryDoc):
    """Each log of the enquiry with its rows, as add_printed takes them."""
    last = len(doc.cycles)
    yield (
        Cycle,
        [
            {
                "label": c.label,
                "period": c.period,
                "tried": c.what_was_tried,
                "refinements": c.refinements,
                "evidence": c.evidence_collected,
                "phase": Cycle.Phase.IMPACT if c.order == last else Cycle.Phase.ENDED,
                "source_lines": c.source_lines,
            }
            for c in doc.cycles
        ],
    )
    yield Duty, _renamed(doc.people_roles, role="description")
    yield (
        LeadershipEntry,
        _renamed(doc.leadership_learning, skill_or_behaviour="behaviour", reflection="reflection"),
    )
    yield Challenge, _renamed(doc.challenges, challenge="challenge", response="response")
    yield Dissemination, _renamed(doc.dissemination, text="text")
    yield NextStep, _renamed(doc.next_steps, text="text")
    yield (
        Quotation,
        _renamed(doc.quotes, text="text", attribution="attribution", reported="reported"),
    )
    yield Grant, _renamed(doc.project.funding, amount_gbp="pounds", purpose="purpose")
    own = {"level": "alliance", "origin": Claim.Origin.ALLIANCE}
    yield Claim, [{**own, **row} for row in _renamed(doc.alliance_impact, text="statement")]


def _renamed(rows: list, **names: str) -> list[dict]:
    """Rows with the file's keys turned into the model's, and their place in the document."""
    return [
        {
            "source_lines": row.source_lines,
            **{ours: getattr(row, theirs) for theirs, ours in names.items()},
        }
        for row in rows
    ]
