from django.urls import path

from reports import views

urlpatterns = [
    path("", views.home, name="home"),
    path("my-week/", views.my_week, name="my-week"),
    path("enquiries/<int:pk>/timeline/", views.timeline, name="timeline"),
    path("enquiries/<int:pk>/", views.enquiry, name="enquiry"),
    path("enquiries/<int:pk>/measures/", views.measures, name="measures"),
    path("enquiries/<int:pk>/account/", views.account, name="account"),
    path("alliances/<int:pk>/", views.alliance, name="alliance"),
    path("alliances/<int:pk>/case-study/", views.case_study_ask, name="case-study-ask"),
    path("clusters/<int:pk>/", views.cluster, name="cluster"),
    path("programmes/<int:pk>/", views.programme, name="programme"),
    path("programmes/<int:pk>/report/", views.national_ask, name="national-ask"),
    path("reports/", views.report_list, name="reports"),
    path("reports/<int:pk>/", views.report, name="report"),
    path("reports/<int:pk>/read/", views.report_read, name="report-read"),
    path("reports/<int:pk>/file/", views.report_file, name="report-file"),
    path("reports/<int:pk>/retry/", views.report_retry, name="report-retry"),
]
