"""Owen edits the report on a theme and issues it twice; others take what is made of an alliance."""

import io
import zipfile

import pytest

from tests.journeys.visitor import text_of

THEME = "Theme 3: Leadership of great pedagogy"


def order(visitor) -> list[str]:
    """The headings of the passages, then those of the appendices."""
    return visitor.page.locator(".passages__what > a").all_inner_texts()


def open_editions(owen, programme):
    owen.open(f"/programmes/{programme.pk}/")
    owen.follow("Reports on themes and on the programme")


def test_owen_issues_a_theme_report_twice_and_reads_what_changed(sign_in, worker, world):
    owen = sign_in("owen")
    open_editions(owen, world.programme)
    owen.press(f"Begin {THEME}")
    owen.press("Up Key messages")
    owen.press("Up How this report was made")
    owen.follow("Change the title")
    owen.write("Title", "Leading great teaching")
    owen.press("Save")
    owen.follow("Add a passage of your own")
    owen.write("Heading", "Why it matters")
    owen.write("Words", "Teaching changes where leaders learn too.")
    owen.press("Save")
    arranged = order(owen)
    owen.follow("Quotations")
    owen.page.get_by_role("link", name="Decide on").first.click()
    owen.look()
    owen.choose("It is told")
    owen.page.get_by_label("Under which key message").select_option(
        "6 Ensure headteacher sponsorship"
    )
    owen.write("Why", "It says what changed.")
    owen.press("Save")
    owen.says("Told under “Ensure headteacher sponsorship”")
    for kind in ("Examples", "Leadership reflections", "Challenges"):
        owen.follow("Back")
        owen.follow(kind, exact=True)
    owen.follow("Back")
    owen.follow("Read it as it stands")
    owen.says("Teaching changes where leaders learn too.")
    owen.follow("Back")
    owen.press("Issue it")
    owen.await_report()
    first = text_of(owen.download())

    owen.follow("Arrange the report and write in it")
    owen.follow("Why it matters")
    owen.write("Your words", "Teaching changes where leaders and heads learn too.")
    owen.press("Save")
    owen.press("Issue it")
    owen.await_report()
    owen.follow("What changed since the report before")
    owen.says("0 new, 1 changed, 0 no longer there.")
    owen.says("put in: and heads")
    owen.follow("Back")
    owen.follow("Make a corrected version")
    owen.write("What was wrong", "A head was misnamed.")
    owen.press("Make the new version")
    owen.await_report()
    owen.says("It corrects version 1: A head was misnamed.")
    corrected = text_of(owen.download())

    assert arranged[3:5] == ["Key messages", "Impact, level by level"]
    assert arranged[-6:] == [
        "Strategic questions",
        "Why it matters",
        "Case studies",
        "Key messages and the alliances cited",
        "How this report was made",
        "The programme",
    ]
    assert first.count("Teaching changes where leaders learn too.") == 1
    assert corrected.count("A head was misnamed.") == 1


def test_owen_reads_what_holds_across_the_themes(sign_in, worker, world):
    owen = sign_in("owen")
    open_editions(owen, world.programme)
    owen.press("Begin Overarching report")

    owen.follow("Read it as it stands")

    owen.says("No alliance has tagged an example with any of them yet.")
    owen.says("Challenges across the programme, and what helped")


def test_two_editors_of_a_title_are_told_of_each_other(sign_in, world):
    owen, other = sign_in("owen"), sign_in("owen")
    open_editions(owen, world.programme)
    owen.press(f"Begin {THEME}")
    owen.follow("Change the title")
    other.open(owen.path)
    owen.write("Title", "Leading well")
    owen.press("Save")

    other.write("Title", "Well led")
    other.press("Save")

    other.says("Somebody else saved it meanwhile: “Leading well”")


@pytest.mark.parametrize("script", [True, False])
def test_nadia_cancels_a_report_and_asks_for_it_after_all(sign_in, begin_work, script):
    nadia = sign_in("nadia", script=script)
    nadia.press("Make the report")
    nadia.says("Waiting for a free worker")
    nadia.press("Cancel this report")
    nadia.says("This report was cancelled before it was finished.")
    nadia.press("Make it after all")
    begin_work()
    nadia.await_report()

    files = {name: nadia.download(name) for name in ("Excel workbook", "CSV files", "Data (JSON)")}

    assert [content[:1] for content in files.values()] == [b"P", b"P", b"{"]
    with zipfile.ZipFile(io.BytesIO(files["CSV files"])) as archive:
        assert archive.testzip() is None


def test_leah_has_each_report_of_her_alliance_made_and_reads_it(sign_in, worker, world):
    leah = sign_in("leah")
    kinds = ("poster", "aggregate overview", "interim impact report", "final impact report")
    for kind in kinds:
        leah.open(f"/alliances/{world.abbot.pk}/reports/")
        leah.press(f"Make the {kind}")
        leah.await_report()
        leah.follow("Read it as a web page")

    leah.follow("Reports", exact=True)

    assert leah.column("Status") == ["Ready"] * len(kinds)


def test_faye_has_a_term_of_her_cluster_summarised_and_reads_it(sign_in, worker, world):
    faye = sign_in("faye")
    faye.open(f"/clusters/{world.south.pk}/")
    faye.press("Make the summary")
    faye.await_report()

    faye.follow("Read it as a web page")

    faye.says(world.abbot.name)
