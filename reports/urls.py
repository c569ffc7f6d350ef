from django.urls import path

from reports import views

urlpatterns = [
    path("", views.home, name="home"),
    path("my-week/", views.my_week, name="my-week"),
    path("enquiries/<int:pk>/timeline/", views.timeline, name="timeline"),
    path("enquiries/<int:pk>/", views.enquiry, name="enquiry"),
    path("enquiries/<int:pk>/maturity/", views.maturity, name="maturity"),
    path("enquiries/<int:pk>/toolkit/", views.toolkit, name="toolkit"),
    path("enquiries/<int:pk>/measures/", views.measures, name="measures"),
    path("enquiries/<int:pk>/account/", views.account, name="account"),
    path("alliances/<int:pk>/", views.alliance, name="alliance"),
    path("alliances/<int:pk>/case-study/", views.case_study_ask, name="case-study-ask"),
    path("clusters/<int:pk>/", views.cluster, name="cluster"),
    path("programmes/<int:pk>/", views.programme, name="programme"),
    path("programmes/<int:pk>/progress/", views.programme_progress, name="programme-progress"),
    path("programmes/<int:pk>/report/", views.national_ask, name="national-ask"),
    path("forms/", views.forms_to_print, name="forms-to-print"),
    path("forms/<slug:slug>/blank/", views.form_blank, name="form-blank"),
    path("forms/<slug:slug>/blank.pdf", views.form_blank_pdf, name="form-blank-pdf"),
    path(
        "enquiries/<int:pk>/forms/<slug:slug>/<uuid:key>/print/",
        views.form_print,
        name="form-print",
    ),
    path(
        "enquiries/<int:pk>/forms/<slug:slug>/<uuid:key>/print.pdf",
        views.form_print_pdf,
        name="form-print-pdf",
    ),
    path("enquiries/<int:pk>/overview.pdf", views.overview_pdf, name="overview-pdf"),
    path("reports/", views.report_list, name="reports"),
    path("reports/<int:pk>/", views.report, name="report"),
    path("reports/<int:pk>/read/", views.report_read, name="report-read"),
    path("reports/<int:pk>/file/", views.report_file, name="report-file"),
    path("reports/<int:pk>/retry/", views.report_retry, name="report-retry"),
]
