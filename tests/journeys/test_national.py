"""Nadia, of the agency: she filters the programme and takes a report over it away."""

from tests.journeys.visitor import text_of


def test_agency_filters_the_programme_and_downloads_a_report_over_it(sign_in, worker):
    nadia = sign_in("nadia")
    everybody = nadia.rows()
    nadia.page.get_by_label("Theme", exact=True).select_option(
        "Theme 3: Leadership of great pedagogy"
    )
    nadia.page.get_by_label("Cluster", exact=True).select_option("South")
    nadia.press("Apply filters")
    narrowed = nadia.rows()
    nadia.says("Theme 3: Leadership of great pedagogy; South: 2 alliances.")
    figures = nadia.page.locator(".figures__value").all_inner_texts()
    charts = nadia.page.locator("figure.chart-figure figcaption").all_inner_texts()

    nadia.press("Make the report")
    nadia.await_report()
    national = text_of(nadia.download())
    nadia.follow("Read it as a web page")
    nadia.says("Key messages")
    nadia.open("/")
    nadia.follow("Teaching schools R&D network")
    nadia.follow("Jurassic Coast TSA")
    of_an_alliance = nadia.page.get_by_role("button", name="Make the case study").count()
    nadia.follow("Reports")

    assert everybody == [
        "Affinity TSA",
        "Central Bedfordshire Teaching School Partnership",
        "George Abbot Teaching School Alliance",
        "Jurassic Coast TSA",
    ]
    assert narrowed == ["George Abbot Teaching School Alliance", "Jurassic Coast TSA"]
    assert figures == ["98", "2", "1", "21"]
    assert charts == ["Alliances by theme", "Alliances by phase of their latest cycle"]
    assert "George Abbot Teaching School Alliance" in national
    assert "Affinity TSA" not in national
    assert (of_an_alliance, nadia.column("Status")) == (0, ["Ready"])


def test_filter_that_fits_nothing_offers_a_way_back(sign_in):
    nadia = sign_in("nadia")

    nadia.write("Name, focus or question", "no such place")
    nadia.press("Apply filters")
    nadia.says("No alliance fits")
    nadia.follow("Clear filters")

    assert len(nadia.rows()) == 4
