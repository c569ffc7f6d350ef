"""Figures that are read side by side: Owen's programme together, and how strong claims are."""

from tests.claims import claimed, measured, with_tests


def test_national_team_reads_the_figures_of_all_alliances_together(sign_in, world):
    owen = sign_in("owen")

    owen.open(f"/programmes/{world.programme.pk}/together/")
    together = owen.heading
    owen.open(f"/programmes/{world.programme.pk}/figures/")

    assert (together, owen.heading) == ("What the figures say together", "How figures are shown")


def test_facilitator_sees_how_strong_the_evidence_of_claims_is(sign_in, world):
    measure = measured(world)
    with_tests(world, measure, is_reliable="fail")
    claimed(world, **{"evidence.measure": [measure.pk]})
    faye = sign_in("faye")

    faye.open(f"/enquiries/{world.enquiry.pk}/claims/")

    assert faye.page.locator("figure.chart-figure figcaption").all_inner_texts() == [
        "How strong the evidence is"
    ]
