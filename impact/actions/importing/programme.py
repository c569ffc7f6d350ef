import re
from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet

from alliances.actions import (
    list_alliance,
    record_outline,
    record_programme,
    replace_listed,
)
from alliances.content import words
from alliances.models import Alliance, Partner, Programme, ProgrammeFact, User
from enquiries.actions import add_printed, list_enquiry, open_enquiry
from enquiries.models import Enquiry
from impact.actions.importing.progress import Imported, Progress, as_decimal, silent
from impact.exchange.faults import Fault, Faulty
from impact.exchange.schema import (
    ListedAlliance,
    NumberedFact,
    ProgrammeDoc,
    ProgrammeHead,
)
from impact.exchange.sources import Source, citation
from impact.models import Claim


@transaction.atomic
def import_programme(
    doc: ProgrammeDoc, *, by: User | None, progress: Progress = silent
) -> Imported:
    """The programme, its alliances and what its reports say of each."""
    head = doc.programme
    if faults := list(_conflicts(doc)):
        raise Faulty(faults)
    programme = record_programme(
        title=head.title.value,
        country=head.country.value,
        commissioner=head.commissioner.value,
        duration=head.duration.value,
        ended=head.ended.value,
        alliances_funded=head.alliances_funded.value,
        by=by,
    )
    record_outline(programme=programme, **_outline(head))
    _replace_examples(programme, doc)
    done = Imported()
    for index, listed in enumerate(doc.alliances, 1):
        made = _import_listed(programme, listed, by=by)
        done.made, done.unchanged = done.made + made, done.unchanged + (not made)
        progress(index, len(doc.alliances), listed.name)
    return done


def _conflicts(doc: ProgrammeDoc) -> Iterator[Fault]:
    """A new key may not bring a name that another alliance of the programme has already."""
    there = Alliance.objects.filter(programme__title=doc.programme.title.value)
    keys = {name.casefold(): key for name, key in there.values_list("name", "key")}
    for index, listed in enumerate(doc.alliances):
        key = keys.get(listed.name.casefold(), listed.key)
        if listed.key not in keys.values() and key != listed.key:
            yield Fault(f"$.alliances[{index}].name", f"is the name of the alliance {key}")


def _outline(head: ProgrammeHead) -> dict:
    funded = {t.theme: t.count for t in head.alliances_by_theme}
    return {
        "themes": [
            {
                "number": t.number,
                "title": t.title,
                "question": t.extra["question"],
                "route": t.extra["route"],
                "alliances_funded": funded.get(t.number),
            }
            for t in words("alliances", "themes").values()
        ],
        "cohorts": [
            {
                "number": c.cohort,
                "joined": c.joined,
                "invited": c.theme3_invited,
                "workshop": c.theme3_kick_start_workshop,
                "attended_by": c.typical_attenders,
            }
            for c in head.cohorts
        ],
        "events": [
            {"position": i, "name": e.name, "held": e.date}
            for i, e in enumerate(head.national_events, 1)
        ],
        "facts": list(_facts(head)),
    }


def _facts(head: ProgrammeHead):
    kinds = ProgrammeFact.Kind
    stated = [
        (kinds.PURPOSE, [(f.value, "", "", f.source) for f in head.purpose]),
        (kinds.COHORT, [(f.value, "", "", f.source) for f in head.cohort_notes]),
        (
            kinds.CONTEXT,
            [(f.fact, str(f.value), f.unit or "", f.source) for f in head.context_facts],
        ),
        (kinds.FUNDING, [_numbered(f) for f in head.funding_facts]),
        (kinds.SIZE, [_numbered(f) for f in head.project_size_facts]),
        (kinds.PUBLICATION, [(r.title, r.author, r.published, r.source) for r in head.reports]),
    ]
    for kind, rows in stated:
        for position, (text, value, unit, source) in enumerate(rows, 1):
            yield {
                "kind": kind,
                "position": position,
                "text": text,
                "value": value,
                "unit": unit,
                "source": citation(source),
            }


def _numbered(fact: NumberedFact) -> tuple[str, str, str, Source]:
    amount = "" if fact.number is None else str(fact.number)
    return fact.value, amount, fact.unit or "", fact.source


def _replace_examples(programme: Programme, doc: ProgrammeDoc) -> None:
    rows = [(area, example) for area in doc.impact_examples_table1 for example in area.examples]
    wanted = [
        {
            "area": area.area,
            "area_projects": area.projects,
            "position": position,
            "intervention": example.intervention,
            "impact": example.impact,
            "source": citation(example.source),
        }
        for position, (area, example) in enumerate(rows, 1)
    ]
    replace_listed(programme.impact_examples, wanted)


def _import_listed(programme: Programme, listed: ListedAlliance, *, by: User | None) -> bool:
    alliance, made = list_alliance(
        programme=programme,
        key=listed.key,
        name=listed.name,
        theme=programme.themes.filter(number=listed.theme).first(),
        cohort=programme.cohorts.filter(number=listed.cohort).first(),
        theme_note=listed.theme_hint or listed.theme_basis or "",
        region=listed.region or "",
        link=listed.link or "",
        other_names=listed.aliases,
        partners=_partners(listed),
        by=by,
    )
    enquiry = alliance.enquiries.first() or open_enquiry(alliance=alliance, by=by)
    codes, note = _claim_codes(listed.research_claims)
    list_enquiry(
        enquiry=enquiry,
        focus=listed.project_focus,
        question=listed.research_question or "",
        methods=listed.enquiry_methods,
        strands=listed.maturity_strands,
        claims=codes,
        claims_note=note,
        key_messages=[f"km{number}" for number in listed.key_messages_cited],
        key_messages_note=listed.key_messages_note or "",
        scale=listed.scale or "",
        outputs=listed.outputs,
        conflict=listed.source_conflict or "",
    )
    _replace_reported(enquiry, listed)
    return made


def _partners(listed: ListedAlliance) -> list[tuple[str, str]]:
    named = (
        (Partner.Kind.UNIVERSITY, listed.hei_partner),
        (Partner.Kind.OTHER, listed.other_partner),
    )
    return [(kind, name) for kind, name in named if name]


def _claim_codes(claims: list[str]) -> tuple[list[str], str]:
    """Codes of the claims that are named by number, and the words about those that are not."""
    prefixes = {"pedagogy": "ped", "professional development": "pd", "leadership": "lead"}
    codes, notes = [], []
    for claim in claims:
        match = re.fullmatch(rf"({'|'.join(prefixes)}) claim (\d)", claim)
        code = f"{prefixes[match[1]]}{match[2]}" if match else ""
        (codes if code in words("enquiries", "claims") else notes).append(code or claim)
    return codes, "; ".join(notes)


def _replace_reported(enquiry: Enquiry, listed: ListedAlliance) -> None:
    """The programme's claims and lessons about an enquiry; the alliance's own stay."""
    reported = [
        {
            "level": impact.level,
            "statement": impact.statement,
            "value": as_decimal(impact.value),
            "unit": impact.unit or "",
            "origin": Claim.Origin.PROGRAMME,
            "source": citation(impact.source),
        }
        for impact in listed.reported_impact
    ]
    _replace(enquiry.claims.filter(origin=Claim.Origin.PROGRAMME), enquiry, reported)
    lessons = [{"text": x.statement, "source": citation(x.source)} for x in listed.lessons]
    _replace(enquiry.lessons.filter(logged_by=None), enquiry, lessons)


def _replace(stored: QuerySet, enquiry: Enquiry, rows: list[dict]) -> None:
    """Printed entries by those of the file, unless both say the same."""
    if rows and list(stored.values(*rows[0])) == rows:
        return
    stored.delete()
    add_printed(stored.model, enquiry=enquiry, rows=rows)
