"""Hand-made values of reports: a full case study, its opposites, and national reports."""

from dataclasses import asdict, fields, replace

from reports.charts.values import Chart, ChartRow
from reports.values import (
    AllianceLine,
    AreaOfFocus,
    CaseStudy,
    CycleAccount,
    Example,
    LevelOfImpact,
    MeasureLine,
    MeasureTable,
    Message,
    National,
    Pair,
    SchoolLine,
    TrialNote,
)

BARS = Chart(
    kind="bars",
    title="Per cent agreeing",
    sentence="Useful: 62%. Clear: 91%.",
    unit="per cent",
    series=["Per cent"],
    low=0,
    high=100,
    rows=[
        ChartRow("Useful", "All staff", [62], ["62%"]),
        ChartRow("Clear", "All staff", [91], ["91%"]),
    ],
)
CHANGE = Chart(
    kind="dumbbell",
    title="From baseline to outcome, per cent",
    sentence="Two levels of progress went from 93% to 92%.",
    unit="per cent",
    series=["Baseline", "Outcome"],
    low=0,
    high=100,
    rows=[
        ChartRow("Two levels of progress", "Year 6", [93, 92], ["93%", "92%"]),
        ChartRow("Reading for pleasure", "Year 4", [None, 40], ["[x]", "40%"]),
    ],
)
STACKED = Chart(
    kind="stacked",
    title="How answers spread: teachers",
    sentence="Coaching: low 1 teacher, high 9 teachers.",
    unit="per cent",
    series=["low", "high"],
    low=0,
    high=100,
    rows=[ChartRow("Coaching", "n = 10", [10, 90], ["1 teachers", "9 teachers"])],
)


def line(name: str, **given) -> MeasureLine:
    """A measure that says nothing but what it is given."""
    silent = {field.name: "" for field in fields(MeasureLine) if field.type is str}
    return MeasureLine(**(silent | {"id": 1, "name": name} | given))


DECLINE = line(
    "Two levels of progress",
    who="Year 6",
    how="teacher assessment",
    baseline="93%",
    baseline_when="2013",
    outcome="92%",
    outcome_when="2014",
    change="−1",
    n="240",
    verdict="worse",
)
ANSWERS = line(
    "Vectors question",
    who="Class 10R4",
    how="test",
    n="22",
    categories=[["correct", "0", "14", "Printed as 64 per cent"], ["half way", "", "[c]", ""]],
)
MEASURES = [
    MeasureTable(
        "pupil",
        "Pupils",
        [
            DECLINE,
            line("Pupils in the trial", outcome="74 pupils", outcome_when="end of term"),
            ANSWERS,
            line("Pupils' view", words="Mostly positive"),
        ],
    ),
    MeasureTable("alliance", "The alliance", [line("Trios running", outcome="6 trios")]),
]

FULL = CaseStudy(
    service="Alliance Enquiry",
    agency="National College",
    programme="Themes project 2012-14",
    alliance="Northern Hills Alliance",
    other_names=["Northern Hills TSA"],
    title="Coaching across phases",
    theme="Theme 3",
    theme_title="Leadership of great pedagogy",
    cohort="Cohort 1",
    lead_school="Hill School",
    area="Northumberland",
    context="An alliance of 22 schools.",
    school_count="22",
    period="September 2013 to July 2014",
    focus="Peer coaching in pairs",
    question="Does coaching among peers help teachers who are already good?",
    aims=["Develop coaching"],
    strands=["coaching", "social capital"],
    methods=["paired observation"],
    partners=["The university"],
    grants=["£500: cover"],
    schools=[SchoolLine("Hill School", "secondary", "Lead school", "")],
    duties=["project lead: deputy head"],
    cycles=[
        CycleAccount(
            "Year 1",
            "First year",
            "Ended",
            "Pairs observed each other",
            "Training came later",
            ["interviews"],
            [TrialNote("5 March 2014", "Questions", "10R4", "Asked", "Calm", "Slow", "Go on")],
        ),
        CycleAccount("Year 2", "Second year", "Impact", "Three schools", "", [], []),
    ],
    charts=[BARS, CHANGE, STACKED],
    measures=MEASURES,
    claims=[Pair("Teachers", "Several took on new roles.")],
    alliance_impact=["Barriers were lowered"],
    leadership=[Pair("humility", "The lead school learned by visiting.")],
    challenges=[Pair("Time is limited", "Cover was paid for")],
    sharing=["A conference in 2013"],
    next_steps=["Widen coaching"],
    quotations=[
        Pair("We talked about teaching again.", "teacher"),
        Pair("Felt trusted.", "head (reported)"),
    ],
    lessons=["A slow start paid off."],
    key_messages=[Pair("Scope and plan", "Keep scope realistic.")],
    research_claims=[Pair("Pupil voice", "Listening to pupils helps.")],
    interventions=["Peer coaching"],
    sources=["Entries logged by the alliance."],
    symbols=[Pair("[c]", "withheld, because it rests on few pupils")],
    threshold=6,
)


def without(study: CaseStudy, *kept: str) -> CaseStudy:
    """The study with only the named parts left of what is optional."""
    always = {"service", "agency", "programme", "alliance", "threshold", *kept}
    blank = {key: type(value)() for key, value in vars(study).items() if key not in always}
    return replace(study, **blank)


LONG = "Enquiry improved commitment to working together to improve practice significantly " * 2


def long_words() -> CaseStudy:
    rows = [ChartRow(LONG, LONG, [row * 10.0], [f"{row * 10}%"]) for row in range(1, 11)]
    cycle = replace(FULL.cycles[0], label=LONG, period=LONG)
    return replace(
        FULL,
        title=LONG,
        alliance=LONG,
        charts=[replace(BARS, rows=rows)],
        cycles=[cycle] * 9,
    )


def national(alliances: int) -> National:
    """A national report over so many alliances, every third of them cited."""
    names = [f"Alliance {i:03}" for i in range(alliances)]
    return National(
        service="Alliance Enquiry",
        agency="National College",
        programme="Themes project 2012-14",
        commissioner="The Department",
        country="England",
        about="All alliances",
        figures=[Pair(str(alliances), "alliances in this report"), Pair("8", "told in full")],
        purposes=["Generate sound evidence."],
        cohorts=[Pair("Cohort 1", "at the start")],
        events=[Pair("November 2014", "Final national event")],
        alliances=[
            AllianceLine(
                name,
                "Theme 3",
                "Cohort 1",
                "Devon",
                "",
                "",
                "Lesson study.",
                "",
                "Impact",
                3,
                1,
                [],
            )
            for name in names
        ],
        charts=[BARS, replace(BARS, title="Alliances cited for each key message")],
        levels=[
            LevelOfImpact(
                "pupil",
                "Pupils",
                [Example(name, "Writing improved.", "24 months", "000:640") for name in names[:40]],
            )
        ],
        areas=[AreaOfFocus("Lesson study", 3, [Pair("Trios plan together.", "More confidence.")])],
        messages=[
            Message(
                "km1", 1, "Select appropriate projects", "Choose well.", "Alliance", names[::3]
            ),
            Message("km2", 2, "Manage risks", "Schools leave.", "Alliance", []),
        ],
        behaviours=[Pair("Communication", "6")],
        reflections=[Pair("Communication", "Open channels help.")],
        challenges=[Pair(f"Challenge {i}", "Met") for i in range(alliances // 2)],
        facts=[Pair("Teaching schools in 2015", "598"), Pair("Cover was the commonest cost.", "")],
        publications=[Pair("001", "Leading together (The team, 2015)")],
        symbols=[],
        threshold=6,
    )


EMPTY_NATIONAL = replace(
    national(0),
    **{
        key: []
        for key, value in vars(national(1)).items()
        if isinstance(value, list) and key != "figures"
    },
)

SAMPLES = {
    "full": ("case-study", asdict(FULL)),
    "no charts": ("case-study", asdict(replace(FULL, charts=[]))),
    "words only": (
        "case-study",
        asdict(
            replace(
                FULL,
                charts=[],
                measures=[MeasureTable("teacher", "Teachers", [line("View", words="Warm")])],
            )
        ),
    ),
    "long words": ("case-study", asdict(long_words())),
    "listing": ("case-study", asdict(without(FULL, "title", "focus", "key_messages", "sources"))),
    "bare": ("case-study", asdict(without(FULL))),
    "national": ("national", asdict(national(12))),
    "empty national": ("national", asdict(EMPTY_NATIONAL)),
    "large national": ("national", asdict(national(98))),
}
