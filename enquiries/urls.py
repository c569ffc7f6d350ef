from django.urls import path

from enquiries import views
from enquiries.dialogue import views as dialogue
from enquiries.evidence import views as evidence
from enquiries.findings import views as findings
from enquiries.schools import views as schools
from enquiries.sheets import past
from enquiries.sheets import views as sheets

urlpatterns = [
    path("enquiries/<int:pk>/schools/", schools.schools, name="schools"),
    path("enquiries/<int:pk>/schools/join/", schools.school_join, name="school-join"),
    path("participations/<int:pk>/leave/", schools.school_leave, name="school-leave"),
    path("enquiries/<int:pk>/designation/", schools.designation_new, name="designation-new"),
    path("enquiries/<int:pk>/guide/", sheets.guide, name="guide"),
    path("enquiries/<int:pk>/guide/<slug:phase>/<int:school>/", sheets.visit, name="visit"),
    path("enquiries/<int:pk>/overview/", sheets.overview, name="overview"),
    path("enquiries/<int:pk>/progress/", sheets.progress, name="progress"),
    path("enquiries/<int:pk>/forms/", sheets.index, name="sheets"),
    path("enquiries/<int:pk>/forms/<slug:slug>/", sheets.sheet, name="sheet"),
    path("enquiries/<int:pk>/forms/<slug:slug>/new/", sheets.new, name="sheet-new"),
    path("enquiries/<int:pk>/forms/<slug:slug>/<uuid:key>/", sheets.record, name="sheet-record"),
    path(
        "enquiries/<int:pk>/forms/<slug:slug>/schools/<int:school>/",
        sheets.of_school,
        name="sheet-of-school",
    ),
    path(
        "enquiries/<int:pk>/forms/<slug:slug>/meetings/<int:meeting>/",
        sheets.of_meeting,
        name="sheet-of-meeting",
    ),
    path(
        "enquiries/<int:pk>/forms/<slug:slug>/<uuid:key>/history/",
        past.history,
        name="sheet-history",
    ),
    path(
        "enquiries/<int:pk>/forms/<slug:slug>/<uuid:key>/share/",
        dialogue.share,
        name="judgement-share",
    ),
    path("judgements/<int:pk>/agree/", dialogue.agree, name="judgement-agree"),
    path(
        "enquiries/<int:pk>/forms/<slug:slug>/<uuid:key>/comment/",
        dialogue.comment,
        name="comment",
    ),
    path("enquiries/<int:pk>/comments/", dialogue.threads, name="threads"),
    path("comments/<int:pk>/", dialogue.thread, name="thread"),
    path("comments/<int:pk>/resolve/", dialogue.resolve, name="thread-resolve"),
    path("findings/", findings.findings, name="findings"),
    path("findings/<int:pk>/answer/", findings.verdict, name="verdict"),
    path("findings/<int:pk>/", findings.finding, name="finding"),
    path("findings/<int:pk>/edit/", findings.finding_edit, name="finding-edit"),
    path("findings/<int:pk>/move/", findings.finding_move, name="finding-move"),
    path("programmes/<int:pk>/findings/", findings.programme_findings, name="programme-findings"),
    path("programmes/<int:pk>/findings/new/", findings.finding_new, name="finding-new"),
    path("programmes/<int:pk>/messages/", findings.coverage, name="coverage"),
    path(
        "enquiries/<int:pk>/forms/<slug:slug>/<uuid:key>/evidence/new/",
        evidence.attach,
        name="evidence-new",
    ),
    path("enquiries/<int:pk>/evidence/", evidence.evidence, name="evidence"),
    path("evidence/<uuid:key>/", evidence.download, name="evidence-file"),
    path("evidence/<uuid:key>/small/", evidence.thumbnail, name="evidence-thumbnail"),
    path("evidence/<uuid:key>/remove/", evidence.remove, name="evidence-remove"),
    path(
        "enquiries/<int:pk>/forms/<slug:slug>/<uuid:key>/withdraw/",
        past.withdraw,
        name="sheet-withdraw",
    ),
    path(
        "enquiries/<int:pk>/forms/<slug:slug>/<uuid:key>/bring-back/",
        past.bring_back,
        name="sheet-bring-back",
    ),
    path("revisions/<int:pk>/restore/", past.restore, name="sheet-restore"),
    path("alliances/<int:pk>/enquiries/new/", views.enquiry_new, name="enquiry-new"),
    path("enquiries/<int:pk>/edit/", views.enquiry_edit, name="enquiry-edit"),
    path("enquiries/<int:pk>/neighbours/", views.neighbours, name="neighbours"),
    path("enquiries/<int:pk>/cycles/new/", views.cycle_new, name="cycle-new"),
    path("help/<int:pk>/answer/", views.help_answer, name="help-answer"),
]
