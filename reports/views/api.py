"""What programs can read, told to people and to programs."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alliances.content import words
from reports.api.addresses import ADDRESSES
from reports.api.openapi import SHAPES, document, meaning


@login_not_required
@require_safe
def api(request):
    """The same as the document says, on a page."""
    shapes = [
        (each.__name__, [(name, meaning(each.__name__, name)) for name in each.model_fields])
        for each in SHAPES
    ]
    about = words("reports", "api")["api"]
    calls = settings.API_CALLS_A_MINUTE
    context = {"about": about, "addresses": ADDRESSES, "shapes": shapes, "calls": calls}
    return render(request, "reports/public/api.html", context)


@login_not_required
@require_safe
def api_document(_request):
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False, "indent": 1})
