from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from alliances import access
from alliances.roles import Permission
from impact import actions
from impact.claims import queries
from impact.matched.queries import sets_behind
from impact.models import Claim
from impact.queries import measures_of
from impact.strength import ceilings, levels
from impact.values import MeasureValues, Value
from impact.wording import figure


@require_safe
def claim(request, pk):
    """One claim with everything it rests on."""
    return _page(request, _load(request, pk, Permission.READ_ENQUIRY))


def _load(request, pk: int, permission: Permission) -> Claim:
    claims = Claim.objects.select_related("enquiry__alliance__programme")
    return access.load(claims, request.user, permission, pk=pk)


def _page(request, found: Claim, reasons: tuple[str, ...] = ()):
    allowed = access.permissions_over(request.user, found.enquiry.alliance)
    exact = Permission.SEE_SMALL_NUMBERS in allowed
    each = queries.stated(found)
    context = {
        "enquiry": found.enquiry,
        "each": each,
        "matched_sets": sets_behind(each.scores) if each.scores else [],
        "readings": _readings(found, exact=exact),
        "group_size": _group_size(found, exact=exact),
        "reasons": reasons,
        "may": {permission.name for permission in allowed},
    }
    return render(request, "impact/claim.html", context, status=422 if reasons else 200)


def _group_size(found: Claim, *, exact: bool) -> str:
    """How many people it speaks of, or why that is not shown."""
    if found.group_size is None:
        return "Not given"
    below = 0 if exact else found.enquiry.alliance.programme.small_number_threshold
    is_withheld = queries.is_group_withheld(found, below)
    return f"Fewer than {below}" if is_withheld else str(found.group_size)


def _reading(measure: MeasureValues, value: Value) -> str:
    said = figure(value, measure.unit) or value.words
    return ", ".join(filter(None, [measure.name, said, value.when]))


def _readings(found: Claim, *, exact: bool) -> list[dict]:
    """The baseline and the result as figures, as far as the reader may see them."""
    chosen = {found.baseline_id: "Baseline", found.result_id: "Result"}
    return [
        {"name": chosen[value.id], "text": _reading(measure, value)}
        for measure in (measures_of(found.enquiry, exact=exact) if any(chosen) else [])
        for value in measure.readings
        if value.id in chosen
    ]


@require_POST
def sign_off(request, pk):
    """The project lead signs a claim off as they read it."""
    found = _load(request, pk, Permission.SIGN_CLAIMS)
    try:
        actions.sign_off(claim=found, seal=request.POST.get("seal", ""), by=request.user)
    except actions.NotToBeSigned as refused:
        return _page(request, found, refused.reasons)
    messages.success(request, "The claim is signed off.")
    return redirect("claim", pk=pk)


@require_safe
def strength_rules(request):
    """The levels and the ceilings, as they stand in their files."""
    context = {"levels": levels().values(), "ceilings": ceilings()}
    return render(request, "impact/strength_rules.html", context)
