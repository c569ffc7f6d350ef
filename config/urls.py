from django.urls import include, path

from config.watch import views as watch

handler500 = watch.broken

handler400 = "config.refusals.not_understood"

handler404 = "config.refusals.not_found"

handler403 = "alliances.views.refused"

urlpatterns = [
    path("healthz", watch.healthz, name="healthz"),
    path("readyz", watch.readyz, name="readyz"),
    path("metrics", watch.figures, name="metrics"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/second-step/", include("allauth.mfa.urls")),
    path("accounts/single-sign-on/", include("allauth.socialaccount.urls")),
    path("accounts/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("", include("alliances.urls")),
    path("", include("enquiries.urls")),
    path("", include("impact.urls")),
    path("", include("reports.urls")),
]
