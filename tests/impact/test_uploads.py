"""A spreadsheet is sent, read by a worker, looked at, and saved whole or not at all."""

import random
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from alliances.actions import DISPATCH_AGAIN_AFTER
from alliances.models import AuditRecord
from impact.actions import (
    clear_uploads,
    confirm_upload,
    drop_upload,
    send_upload,
    sweep_uploads,
    take_up,
)
from impact.actions.uploads import KEPT_FOR, LOCK_SPACE, MOST_ATTEMPTS
from impact.models import Count, Reading, Upload
from tests.impact.sheets import HEADINGS, a_distribution, a_measure, csv_file, xlsx_file
from tests.measuring import add_reading
from tests.reports.queue import tasks_told

LATER = DISPATCH_AGAIN_AFTER + timedelta(seconds=1)
A_BASELINE = ["Baseline", "27/3/2026", "98.5", "", "", "22", "", ""]


def send(world, content, measure=None, name="leah", **more) -> Upload:
    return send_upload(
        enquiry=world.enquiry,
        measure=measure,
        kind=Upload.Kind.READINGS,
        name="readings.csv",
        content=content,
        by=world.person(name),
        **more,
    )


def one(world, *lines) -> Upload:
    """A spreadsheet of a new measure, sent and read."""
    upload = send(world, csv_file(HEADINGS, *lines), a_measure(world))
    return read(upload)


def read(upload) -> Upload:
    take_up(upload.pk)
    upload.refresh_from_db()
    return upload


def saved(world, upload, name="leah") -> Upload:
    confirm_upload(upload=upload, by=world.person(name))
    return read(upload)


def rows(measure) -> list[tuple]:
    fields = ("moment", "held_on", "kind", "value", "n")
    return list(measure.readings.values_list(*fields))


def settled(upload) -> tuple:
    return upload.status, upload.content, upload.preview, upload.settled_at is not None


def test_sending_keeps_the_file_until_it_is_read(world):
    upload = send(world, b"Moment,Date,Value", a_measure(world))

    assert (upload.status, bytes(upload.content), upload.size) == (
        "waiting",
        b"Moment,Date,Value",
        17,
    )
    record = AuditRecord.objects.get(subject_type="impact.upload")
    assert (record.act, record.by, record.detail) == (
        "sent",
        world.person("leah"),
        {"kind": "readings"},
    )


def test_sending_twice_keeps_one(world):
    key, measure = uuid4(), a_measure(world)

    first = send(world, b"a", measure, submission=key)
    second = send(world, b"a", measure, submission=key)

    assert second == first
    assert Upload.objects.count() == 1


def test_good_file_is_ready_and_nothing_is_saved_yet(world):
    upload = one(world, A_BASELINE)

    assert (upload.status, upload.progress, upload.faults) == ("ready", 100, [])
    assert upload.preview["first"] == [
        ["2", "Reading age, Year 4", "Baseline", "27 March 2026", "98.5 months, n = 22"]
    ]
    assert rows(upload.measure) == []


def test_confirmed_file_is_saved_whole_in_the_name_of_who_confirmed_it(world):
    upload = saved(world, one(world, A_BASELINE), "sam")

    assert settled(upload) == ("saved", None, {}, True)
    assert rows(upload.measure) == [("baseline", date(2026, 3, 27), "number", Decimal("98.5"), 22)]
    reading = upload.measure.readings.get()
    assert (reading.logged_by, reading.saved_by) == (world.person("sam"),) * 2
    record = AuditRecord.objects.get(act="saved")
    assert (record.by, record.detail) == (world.person("sam"), {"rows": 1})


def test_readings_follow_those_there_are(world):
    measure = a_measure(world)
    start = {"moment": "baseline", "kind": "number", "value": 90, "held_on": date(2026, 1, 9)}
    add_reading(measure=measure, by=world.person("leah"), **start)
    line = ["Outcome", "27/3/2026", "98.5", "", "", "22", "", ""]

    saved(world, read(send(world, csv_file(HEADINGS, line), measure)))

    assert [row[0] for row in rows(measure)] == ["baseline", "outcome"]


def test_several_measures_in_a_workbook(world):
    age, mood = a_measure(world), a_distribution(world)
    headings = ["Measure", "Moment", "Date", "Value", "Category: Low", "Category: Middling"]
    content = xlsx_file(
        [*headings, "Category: High"],
        ["Reading age, Year 4", "Baseline", date(2026, 3, 27), 98.5],
        ["Confidence, Year 4", "Baseline", date(2026, 3, 27), None, 3, 0, 9],
    )

    saved(world, read(send(world, content)))

    assert [row[:4] for row in rows(age)] == [
        ("baseline", date(2026, 3, 27), "number", Decimal("98.5"))
    ]
    counted = Count.objects.filter(reading__measure=mood)
    assert list(counted.values_list("category__name", "value")) == [
        ("Low", 3),
        ("Middling", 0),
        ("High", 9),
    ]


def test_words_that_begin_like_a_formula_are_kept_as_they_are(world):
    line = ["Outcome", "27/3/2026", "", "", "", "", '=HYPERLINK("x")', ""]

    upload = saved(world, one(world, line))

    assert upload.measure.readings.get().text == '=HYPERLINK("x")'


def test_weak_value_is_saved_as_such_and_its_history_begins(world):
    line = ["Outcome", "27/3/2026", "98.5", "", "", "", "", "u"]

    reading = saved(world, one(world, line)).measure.readings.get()

    assert reading.is_weak
    (first,) = reading.revisions()
    assert (first.by, first.changes) == (
        world.person("leah"),
        {
            "measure_id": ["", str(reading.measure_id)],
            "moment": ["", "outcome"],
            "held_on": ["", "2026-03-27"],
            "given": ["", "number"],
            "is_weak": [False, True],
            "value": ["", "98.5"],
        },
    )


def test_faulty_file_is_refused_and_deleted(world):
    upload = one(world, A_BASELINE, ["Outcome", "28/3/2026", "many"])

    assert settled(upload) == ("refused", None, {}, True)
    assert upload.faults == [
        {"row": 3, "column": "Value", "reason": "Enter a number, such as 12.5"}
    ]
    assert rows(upload.measure) == []


def test_what_has_come_since_it_was_read_is_told_and_nothing_is_saved(world):
    upload = one(world, A_BASELINE)
    start = {"moment": "baseline", "kind": "number", "value": 90, "held_on": date(2026, 1, 9)}
    add_reading(measure=upload.measure, by=world.person("leah"), **start)

    upload = saved(world, upload)

    assert upload.status == "refused"
    assert [fault["reason"] for fault in upload.faults] == [
        "The measure has its baseline already. Its start cannot be moved this way"
    ]
    assert len(rows(upload.measure)) == 1


def test_two_files_that_say_the_same_make_one_set(world):
    measure = a_measure(world)
    content = csv_file(HEADINGS, A_BASELINE)
    first, second = (read(send(world, content, measure)) for _ in range(2))

    saved(world, first)
    second = saved(world, second)

    assert (second.status, len(rows(measure))) == ("refused", 1)


def test_saving_twice_makes_one_set(world):
    upload = one(world, A_BASELINE)

    saved(world, upload)
    confirm_upload(upload=upload, by=world.person("leah"))
    take_up(upload.pk)

    assert len(rows(upload.measure)) == 1
    assert AuditRecord.objects.filter(act__in=["confirmed", "saved"]).count() == 2


def test_taking_up_what_is_ready_changes_nothing(world):
    upload = one(world, A_BASELINE)

    take_up(upload.pk)
    upload.refresh_from_db()

    assert (upload.status, upload.attempt) == ("ready", 1)


def test_dropping_deletes_the_file(world):
    upload = one(world, A_BASELINE)

    drop_upload(upload=upload, by=world.person("leah"))
    upload.refresh_from_db()

    assert settled(upload) == ("dropped", None, {}, True)


def test_what_is_dropped_cannot_be_saved(world):
    upload = one(world, A_BASELINE)
    drop_upload(upload=upload, by=world.person("leah"))

    upload = saved(world, upload)

    assert (upload.status, rows(upload.measure)) == ("dropped", [])


def test_what_is_being_saved_cannot_be_dropped(world):
    upload = one(world, A_BASELINE)
    confirm_upload(upload=upload, by=world.person("leah"))

    drop_upload(upload=upload, by=world.person("leah"))
    upload = read(upload)

    assert (upload.status, len(rows(upload.measure))) == ("saved", 1)


def test_settled_upload_without_its_end_is_refused_by_the_database(world):
    upload = one(world, A_BASELINE)

    with pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.filter(pk=upload.pk).update(status="saved")


# ---- workers -------------------------------------------------------------------------------


def test_workers_are_told_after_the_commit(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        upload = send(world, csv_file(HEADINGS, A_BASELINE), a_measure(world))
        before = tasks_told()
    read(upload)
    with django_capture_on_commit_callbacks(execute=True):
        confirm_upload(upload=upload, by=world.person("leah"))

    assert before == []
    assert tasks_told() == ["impact.take_up", "impact.take_up"]


@pytest.mark.parametrize(
    ("waited", "told"), [(timedelta(seconds=59), 0), (DISPATCH_AGAIN_AFTER, 1)]
)
def test_sweep_tells_of_what_waits_too_long(world, waited, told):
    began = timezone.now()
    with time_machine.travel(began, tick=False):
        send(world, b"a", a_measure(world))

    with time_machine.travel(began + waited, tick=False):
        swept = sweep_uploads()

    assert (swept, len(tasks_told())) == (told, told)


def test_sweep_waits_another_minute_before_it_tells_again(world):
    send(world, b"a", a_measure(world))

    with time_machine.travel(timezone.now() + LATER, tick=False):
        assert [sweep_uploads(), sweep_uploads()] == [1, 0]


def test_what_a_worker_holds_is_left_alone(world):
    upload = send(world, b"a", a_measure(world))
    elsewhere = connection.copy()
    with elsewhere.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [LOCK_SPACE, upload.pk])

    with time_machine.travel(timezone.now() + LATER):
        swept = sweep_uploads()
    take_up(upload.pk)
    elsewhere.close()
    upload.refresh_from_db()

    assert (swept, upload.attempt) == (0, 0)


def test_upload_that_loses_every_worker_fails_and_is_deleted(world):
    upload = send(world, csv_file(HEADINGS, A_BASELINE), a_measure(world))
    Upload.objects.filter(pk=upload.pk).update(attempt=MOST_ATTEMPTS)

    upload = read(upload)

    assert settled(upload) == ("failed", None, {}, True)


def test_a_later_attempt_reads_what_a_lost_worker_left(world):
    upload = send(world, csv_file(HEADINGS, A_BASELINE), a_measure(world))
    Upload.objects.filter(pk=upload.pk).update(attempt=1, status="reading", progress=50)

    upload = read(upload)

    assert (upload.status, upload.attempt) == ("ready", 2)


def test_fault_of_ours_saves_nothing_and_is_said(world, caplog):
    upload = one(world, A_BASELINE)
    confirm_upload(upload=upload, by=world.person("leah"))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE impact_reading ADD CHECK (n <> 22) NOT VALID")

    upload = read(upload)

    assert settled(upload) == ("failed", None, {}, True)
    assert rows(upload.measure) == []
    assert caplog.messages == [f"upload {upload.pk} could not be taken up"]


@pytest.mark.parametrize(("age", "dropped"), [(KEPT_FOR, 1), (KEPT_FOR - timedelta(hours=1), 0)])
def test_what_nobody_confirms_for_a_week_is_deleted(world, age, dropped):
    began = timezone.now()
    with time_machine.travel(began, tick=False):
        upload = one(world, A_BASELINE)

    with time_machine.travel(began + age, tick=False):
        assert clear_uploads() == dropped

    upload.refresh_from_db()
    assert upload.status == ("dropped" if dropped else "ready")


def test_what_no_worker_reads_for_a_week_is_deleted(world):
    upload = send(world, b"a", a_measure(world))

    with time_machine.travel(timezone.now() + KEPT_FOR):
        assert clear_uploads() == 1

    upload.refresh_from_db()
    assert settled(upload) == ("dropped", None, {}, True)


# ---- ten thousand --------------------------------------------------------------------------

SPOILT = [
    ("Moment", "Later"),
    ("Moment", ""),
    ("Date", "1/7/2046"),
    ("Date", "3/27/2026"),
    ("Date", "27/3/26"),
    ("Date", ""),
    ("Value", "12,5"),
    ("Value", "many"),
    ("Value", "45%"),
    ("Value", ""),
    ("Value", "12345678901"),
    ("Out of", "0"),
    ("Standard deviation", "4"),
    ("Number of people", "-1"),
    ("In words", "Calmer"),
    ("Symbol", "q"),
    ("Symbol", "x"),
    ("Measure", "Writing"),
    ("Measure", ""),
]
ROWS, PLANTED = 10_000, 37


def ten_thousand(labels) -> list[list[str]]:
    """Rows on the way of ten measures, of a thousand days."""
    first = date(2020, 1, 1)
    return [
        [
            labels[n % 10],
            "On the way",
            (first + timedelta(days=n // 10)).strftime("%d/%m/%Y"),
            str(n % 97),
            *[""] * 5,
        ]
        for n in range(ROWS)
    ]


def planted(lines, headings) -> list[int]:
    """Spoil 37 rows, each kind of fault about twice; their numbers as the spreadsheet has them."""
    numbers = sorted(random.Random(7).sample(range(ROWS), PLANTED))
    for at, number in enumerate(numbers):
        column, text = SPOILT[at % len(SPOILT)]
        lines[number] = [*lines[number]]
        lines[number][headings.index(column)] = text
    return [number + 2 for number in numbers]


def test_ten_thousand_rows_with_planted_faults_and_then_without(world):
    labels = [f"{a_measure(world, f'Test {n}').name}, Year 4" for n in range(10)]
    headings = ["Measure", *HEADINGS]
    good = ten_thousand(labels)
    spoilt = [*good]
    numbers = planted(spoilt, headings)
    before = Reading.objects.count()

    refused = read(send(world, csv_file(headings, *spoilt)))
    between = Reading.objects.count()
    ready = read(send(world, csv_file(headings, *good)))
    done = saved(world, ready)

    assert (refused.status, sorted({fault["row"] for fault in refused.faults})) == (
        "refused",
        numbers,
    )
    assert len(refused.faults) == PLANTED
    assert between == before
    assert (done.status, Reading.objects.count()) == ("saved", before + ROWS)
