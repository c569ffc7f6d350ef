from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances.signing_in.sessions import visited_before
from reports.homes import home_of


@login_not_required
@require_safe
def home(request):
    """What a person does now; to everybody else what this is."""
    if not request.user.is_authenticated:
        return render(request, "reports/start.html")
    before = visited_before(request.session)
    found = home_of(request.user, before, timezone.localtime())
    return render(request, "reports/home.html", {"home": found, "before": before})
