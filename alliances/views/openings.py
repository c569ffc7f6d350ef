from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from alliances import access, actions
from alliances.forms import OpeningForm
from alliances.models import Alliance, Opening
from alliances.pages import form_page
from alliances.roles import Permission


def refused(request, exception):
    """Why a page is closed to the person; where they may open it with a reason, how."""
    openable = list(getattr(exception, "alliances", []))
    return render(request, "403.html", {"openable": openable}, status=403)


@require_http_methods(["GET", "HEAD", "POST"])
def alliance_open(request, pk):
    """Read an alliance's work for some days, with a reason that the alliance sees."""
    alliance = access.load(Alliance.objects.all(), request.user, Permission.OPEN_ALLIANCE, pk=pk)
    form = OpeningForm(request.POST or None)
    if form.is_valid():
        opening = actions.open_alliance(alliance=alliance, by=request.user, **form.cleaned_data)
        messages.success(request, f"The work of {alliance} is open to you. Its lead has been told.")
        return redirect(_wanted(request) or reverse("alliance", args=[opening.alliance_id]))
    return form_page(request, form, back=reverse("alliance", args=[pk]), subject=alliance)


def _wanted(request) -> str:
    """The page that was refused before, of this site alone; empty where there was none."""
    path = request.GET.get("next", "")
    return path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""


@require_POST
def opening_end(request, pk):
    """Close what one has opened oneself."""
    openings = Opening.objects.select_related("alliance")
    opening = access.load(openings, request.user, Permission.SEE_OPENINGS, pk=pk)
    if opening.person != request.user:
        raise PermissionDenied
    actions.end_opening(opening=opening, by=request.user)
    messages.success(request, f"The work of {opening.alliance} is closed to you again.")
    return redirect("alliance", pk=opening.alliance_id)
