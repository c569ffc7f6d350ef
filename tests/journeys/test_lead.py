"""Leah, who leads an alliance: from the sign-in page to a case study in her hands."""

from urllib.parse import urlsplit

from tests.journeys.visitor import text_of


def log_trial(leah):
    leah.follow("A trial in class")
    leah.date("When was it?", 9, 3, 2026)
    leah.write("Strategy tried", "Silent debate")
    leah.write("Class or cohort", "Year 9, one set")
    leah.write("What was done", "Pupils wrote before anybody spoke.")
    leah.write("What was experienced", "Quiet pupils led the argument.")
    leah.write("Reflection", "Writing first gave everybody something to say.")
    leah.write("Recommendation", "Keep the writing, shorten the talk.")
    leah.press("Save trial")


def add_measure(leah):
    leah.follow("A measure", exact=True)
    leah.choose("Pupils", question="Whose change does it show?")
    leah.write("What is measured", "Pupils who speak in a debate")
    leah.page.get_by_label("How it is measured").select_option("Lesson observation")
    leah.choose("Higher is better")
    leah.write("Unit", "pupils")
    leah.write("Who is measured", "Year 9, one set")
    leah.press("Save measure")


def add_baseline(leah):
    leah.follow("Add the baseline")
    leah.choose("A number", question="What kind of value is it?")
    leah.date("Date", 2, 2, 2026)
    leah.write("Number or mean", "12")
    leah.write("Number of people behind it", "28")
    leah.press("Save reading")


def add_reading(leah):
    leah.follow("Add a reading")
    leah.choose("Outcome")
    leah.choose("A number", question="What kind of value is it?")
    leah.date("Date", 30, 3, 2026)
    leah.write("Number or mean", "21")
    leah.write("Number of people behind it", "28")
    leah.press("Save reading")


def log_leadership(leah):
    leah.follow("Leadership learning")
    leah.page.get_by_label("Interpersonal skills").check()
    leah.write("What you learnt", "Heads say yes to what costs no cover.")
    leah.press("Save entry")


def ask_for_help(leah):
    leah.follow("Ask for help", exact=True)
    leah.write("What would help", "Who else has tried silent debates?")
    leah.press("Ask")


def test_lead_logs_the_week_and_downloads_the_case_study(sign_in, begin_work):
    leah = sign_in("leah")
    enquiry = urlsplit(leah.page.url).path
    leah.says("Where we are")
    leah.says("What is due")

    log_trial(leah)
    leah.says("Trial: saved.")
    add_measure(leah)
    leah.says("Measure: saved.")
    add_baseline(leah)
    leah.says("Reading: saved.")
    add_reading(leah)
    leah.says("Reading: saved.")
    leah.open(enquiry)
    log_leadership(leah)
    leah.says("Leadership learning: saved.")
    ask_for_help(leah)
    leah.says("Request for help: saved.")
    leah.press("Make the case study")
    leah.says("Waiting for a free worker")
    begin_work()
    leah.await_report()
    told = text_of(leah.download())

    assert [line for line in LOGGED if line not in told] == []
    assert "silent debates?" not in told


LOGGED = [
    "Silent debate",
    "Pupils wrote before anybody spoke.",
    "Quiet pupils led the argument.",
    "Writing first gave everybody something to say.",
    "Keep the writing, shorten the talk.",
    "Pupils who speak in a debate",
    "12 pupils",
    "21 pupils",
    "+9",
    "Heads say yes to what costs no cover.",
]
