from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from alliances import access, actions
from alliances.forms import AllianceForm
from alliances.models import Alliance
from alliances.pages import form_page, offer_undo, undo_of
from alliances.roles import Permission


@require_http_methods(["GET", "HEAD", "POST"])
def alliance_edit(request, pk):
    """The record of an alliance (F01)."""
    alliances = Alliance.objects.select_related("programme")
    found = access.load(alliances, request.user, Permission.MANAGE_SCHOOLS, pk=pk)
    may_place = Permission.PLACE_ALLIANCES in access.permissions_over(request.user, found)
    called = found.name
    form = AllianceForm(request.POST or None, instance=found, may_place=may_place)
    if form.is_valid():
        try:
            act = actions.change_alliance(alliance=found, by=request.user, **form.cleaned_data)
        except actions.DescribedMeanwhile:
            form.changed_meanwhile()
        else:
            if act is None:
                messages.info(request, "The record was like this already. Nothing was changed.")
            else:
                offer_undo(request, "The record of the alliance is saved.", undo_of(act))
            return redirect("alliance", pk=pk)
    return form_page(request, form, back=reverse("alliance", args=[pk]), subject=called)
