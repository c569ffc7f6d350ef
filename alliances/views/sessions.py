from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from alliances import actions
from alliances.signing_in.browsers import browser_of
from alliances.signing_in.sessions import places_of, sessions_of


@require_safe
def sessions(request):
    places = places_of(request.user, request.session.session_key)
    return render(request, "alliances/sessions.html", {"places": places})


@require_POST
def session_end(request, pk):
    session = get_object_or_404(sessions_of(request.user), pk=pk)
    actions.end_session(session=session, by=request.user)
    messages.success(request, f"{browser_of(session.user_agent)} is signed out.")
    return redirect("sessions")


@require_POST
def sessions_end(request):
    ended = actions.end_sessions(user=request.user, but=request.session.session_key)
    messages.success(
        request, f"You are signed out in {ended} other place{'' if ended == 1 else 's'}."
    )
    return redirect("sessions")
