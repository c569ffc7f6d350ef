from django.urls import path

from enquiries import views

urlpatterns = [
    path("enquiries/<int:pk>/edit/", views.enquiry_edit, name="enquiry-edit"),
    path("enquiries/<int:pk>/cycles/new/", views.cycle_new, name="cycle-new"),
    path("enquiries/<int:pk>/log/<slug:kind>/new/", views.entry_new, name="entry-new"),
    path("enquiries/<int:pk>/help/new/", views.help_new, name="help-new"),
    path("cycles/<int:pk>/trials/new/", views.trial_new, name="trial-new"),
    path("help/<int:pk>/answer/", views.help_answer, name="help-answer"),
]
