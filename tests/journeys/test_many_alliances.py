"""Owen brings in alliances from a file with a slip, invites, filters, writes, and undoes a move."""

from alliances.models import Invitation, Mail
from tests.impact.intake import HEAD, registered, row
from tests.impact.sheets import csv_file
from tests.journeys.test_spreadsheets import press_until, send

PLACES = ("Cliff", "Dune", "Shell", "Sand", "Shore")


def file(*, cohort: str) -> bytes:
    """Five alliances of one cluster, the first with this cohort."""
    rows = [
        row(
            f"{place} Alliance",
            school=str(urn),
            cohort=cohort if place == "Cliff" else "1",
            cluster="Coast",
            person=f"{place} Lead",
            email=f"{place.lower()}@example.org",
        )
        for urn, place in enumerate(PLACES, 300001)
    ]
    return csv_file(HEAD, *rows)


def test_five_alliances_come_in_and_are_worked_on_together(sign_in, world, worker):
    registered(*(f"{place} School" for place in PLACES))
    owen = sign_in("owen")
    owen.open(f"/programmes/{world.programme.pk}/alliances/")
    owen.follow("Bring in more from a spreadsheet")

    send(owen, file(cohort="9"), until="refused")
    owen.follow("Send the corrected file")
    send(owen, file(cohort="2"), until="ready")
    owen.page.get_by_label("Invite the leads now").check()
    press_until(owen, "Save these alliances", "saved")
    owen.follow("See the alliances of the programme")
    owen.page.get_by_label("Cluster").select_option(label="Coast")
    owen.press("Apply filters")
    owen.press("Go on with all 5 that fit")
    owen.page.get_by_label("Cohort").select_option(label="Cohort 3")
    owen.press("Move them")
    moved = world.programme.alliances.filter(cohort__number=3, cluster__name="Coast").count()
    owen.page.get_by_role("button", name="Undo").click()
    owen.page.get_by_text("Undone. 5 alliances are back where they were.").wait_for()
    owen.look()

    back = world.programme.alliances.filter(cluster__name="Coast").order_by("cohort__number")
    assert moved == 5
    assert list(back.values_list("cohort__number", flat=True)) == [1, 1, 1, 1, 2]
    assert "cluster=" in owen.page.url
    assert (
        Invitation.objects.filter(email__in=[f"{p.lower()}@example.org" for p in PLACES]).count()
        == 5
    )


def test_leads_of_chosen_alliances_are_written_to(sign_in, world):
    owen = sign_in("owen")
    owen.open(f"/programmes/{world.programme.pk}/alliances/?cluster={world.south.pk}")

    owen.page.get_by_label(world.abbot.name, exact=True).check()
    owen.press("Go on with those ticked")
    owen.follow("Write a message to their people")
    owen.fill(Subject="Your plans", Message="Please send them.")
    owen.press("Look at it before it is sent")
    owen.press("Send it to 1 person")

    assert [mail.to for mail in Mail.objects.filter(kind="message")] == ["leah@example.org"]
    assert f"cluster={world.south.pk}" in owen.page.url
