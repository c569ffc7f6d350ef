from django.urls import path, re_path

from impact import views
from impact.claims import views as claims
from impact.intake import views as intake
from impact.matched import views as matched
from impact.spreadsheets import views as spreadsheets

urlpatterns = [
    path("claims/<int:pk>/", claims.claim, name="claim"),
    path("claims/<int:pk>/sign-off/", claims.sign_off, name="claim-sign-off"),
    path("strength/", claims.strength_rules, name="strength-rules"),
    path("cycles/<int:pk>/gate/", views.gate, name="gate"),
    path("cycles/<int:pk>/deadline/", views.deadline, name="deadline"),
    path("measures/<int:pk>/upload/", spreadsheets.upload_of_measure, name="upload-of-measure"),
    path("enquiries/<int:pk>/upload/", spreadsheets.upload_of_enquiry, name="upload-of-enquiry"),
    re_path(
        r"^measures/(?P<pk>\d+)/template\.(?P<form>xlsx|csv)$",
        spreadsheets.template_of_measure,
        name="template-of-measure",
    ),
    re_path(
        r"^enquiries/(?P<pk>\d+)/template\.(?P<form>xlsx|csv)$",
        spreadsheets.template_of_enquiry,
        name="template-of-enquiry",
    ),
    re_path(
        r"^enquiries/(?P<pk>\d+)/measures\.(?P<form>xlsx|csv)$",
        spreadsheets.measures_file,
        name="measures-file",
    ),
    path("enquiries/<int:pk>/matched/", matched.matched_sets, name="matched-sets"),
    path("enquiries/<int:pk>/matched/new/", matched.matched_new, name="matched-new"),
    path("matched/<int:pk>/", matched.matched_set, name="matched-set"),
    path("matched/<int:pk>/upload/", matched.matched_upload, name="matched-upload"),
    re_path(
        r"^matched/(?P<pk>\d+)/template\.(?P<form>xlsx|csv)$",
        matched.matched_template,
        name="matched-template",
    ),
    path("matched/<int:pk>/extend/", matched.matched_extend, name="matched-extend"),
    path("matched/<int:pk>/delete/", matched.matched_delete, name="matched-delete"),
    path("programmes/<int:pk>/bring-in/", intake.bring_in, name="bring-in"),
    re_path(
        r"^programmes/(?P<pk>\d+)/alliances\.(?P<form>xlsx|csv)$",
        intake.bring_in_template,
        name="bring-in-template",
    ),
    path("uploads/<int:pk>/", spreadsheets.upload, name="upload"),
    path("uploads/<int:pk>/confirm/", spreadsheets.upload_confirm, name="upload-confirm"),
    path("uploads/<int:pk>/drop/", spreadsheets.upload_drop, name="upload-drop"),
]
