from django.conf import settings


def service(request):
    return {
        "service_name": settings.SERVICE_NAME,
        "agency_name": settings.AGENCY_NAME,
        "agency_short_name": settings.AGENCY_SHORT_NAME,
    }
