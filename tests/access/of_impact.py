"""Measures, readings, claims, spreadsheets and matched scores."""

from uuid import UUID

from alliances.roles import Permission
from tests.access.places import (
    Readings,
    a_claim,
    a_matched_set,
    a_matched_upload,
    a_place_for_scores,
    a_reading,
    a_roll,
    a_template,
    an_upload,
    cycle,
    enquiry,
    measure,
    programme,
)
from tests.access.sent import A_MEASURE, AN_EXTENSION
from tests.access.walk import DONE, Page

P = Permission

# Owen and Nell place alliances; Nadia of the agency sees the programme.
OF_PROGRAMME = {200: "owen nell", 403: "nadia"}
DONE_IN_PROGRAMME = {DONE: "owen nell", 403: "nadia"}
SMALL = P.SEE_SMALL_NUMBERS

PAGES = [
    Page("matched-new", a_place_for_scores, {"instrument": "Reading test"}, does=422),
    Page("matched-sets", enquiry),
    Page("measures-file", a_template(enquiry)),
    Page("matched-set", a_matched_set),
    Page("matched-upload", a_matched_set, {"file": Readings()}),
    Page("matched-template", lambda world: [*a_matched_set(world), "xlsx"]),
    Page("matched-extend", a_matched_set, AN_EXTENSION),
    Page("matched-delete", a_matched_set),
    Page("upload", a_matched_upload, get=P.HOLD_MATCHED, about="of matched scores"),
    Page("upload-confirm", a_matched_upload, post=P.HOLD_MATCHED, about="of matched scores"),
    Page("upload-drop", a_matched_upload, post=P.HOLD_MATCHED, about="of matched scores"),
    Page("upload", an_upload, get=SMALL),
    Page("upload-confirm", an_upload, post=SMALL),
    Page("upload-drop", an_upload, post=SMALL),
    Page("upload", a_roll, get=OF_PROGRAMME, about="of alliances"),
    Page("upload-confirm", a_roll, post=DONE_IN_PROGRAMME, about="of alliances"),
    Page("upload-drop", a_roll, post=DONE_IN_PROGRAMME, about="of alliances"),
    Page("bring-in", programme, {"file": Readings()}),
    Page("bring-in-template", lambda world: [*programme(world), "csv"]),
    Page("upload-of-measure", measure, {"file": Readings()}),
    Page("upload-of-enquiry", enquiry, {"file": Readings()}),
    Page("template-of-measure", a_template(measure)),
    Page("template-of-enquiry", a_template(enquiry)),
    Page("measure", measure),
    Page(
        "sheet-record",
        lambda world: [world.enquiry.pk, "measure", UUID(int=11)],
        A_MEASURE,
        get=P.READ_ENQUIRY,
        post=P.WRITE_ENQUIRY,
        about="of a measure",
    ),
    Page(
        "sheet-record",
        lambda world: [world.enquiry.pk, "reading", UUID(int=12)],
        get=P.READ_ENQUIRY,
        post=P.WRITE_ENQUIRY,
        does=422,
        about="that is a new reading",
    ),
    Page("sheet-record", a_reading, get=SMALL, post=SMALL, does=422, about="of a reading"),
    Page("sheet-history", a_reading, get=SMALL, about="of a reading"),
    Page("form-print", a_reading, get=SMALL, about="of a reading"),
    Page("comment", a_reading, get=SMALL, post=SMALL, does=200, about="on a reading"),
    Page("claims", enquiry),
    Page("claim", a_claim),
    Page("claim-sign-off", a_claim, {"seal": "of another state"}, does=422),
    Page("strength-rules"),
    Page(
        "gate",
        cycle,
        {"reason": "The term ends."},
        post=P.OPEN_GATES,
        about="still lacking",
    ),
]
