"""From the button to the bytes, with a real worker."""

import time

PATIENCE = 60


def test_case_study_is_asked_for_over_http_built_by_a_worker_and_downloaded(
    as_person, world, worker
):
    leah = as_person("leah")

    asked = leah.post(f"/enquiries/{world.enquiry.pk}/reports/case-study/")
    page = poll(leah, asked.url)
    file = leah.get(f"{asked.url}file/")

    assert asked.status_code == 302
    assert 'data-state="ready"' in page
    assert file["Content-Type"] == "application/pdf"
    assert file.content[:5] == b"%PDF-"


def poll(client, url) -> str:
    """The page once it says that nothing is under way any more."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        page = client.get(url).content.decode()
        if 'data-state="queued"' not in page and 'data-state="building"' not in page:
            return page
        time.sleep(0.1)
    raise AssertionError(f"{url} was not finished after {PATIENCE} seconds")
