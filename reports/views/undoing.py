from django.contrib import messages
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from reports import actions
from reports.undoing import load_act


@require_POST
def undo(request, pk):
    """Undo an act, and go on where the button stood."""
    act = load_act(request.user, pk)
    try:
        told = actions.undo(act=act, by=request.user)
    except actions.NotUndone as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, told)
    here = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(here, {request.get_host()}, request.is_secure())
    return redirect(here if is_ours else "home")
