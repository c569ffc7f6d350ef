from django.urls import path

from impact import views

urlpatterns = [
    path("cycles/<int:pk>/gate/", views.gate, name="gate"),
    path("cycles/<int:pk>/deadline/", views.deadline, name="deadline"),
    path("enquiries/<int:pk>/measures/new/", views.measure_new, name="measure-new"),
    path("measures/<int:pk>/readings/new/", views.reading_new, name="reading-new"),
]
