from dataclasses import asdict

from django.shortcuts import render
from django.views.decorators.http import require_safe

from alliances import access
from alliances.roles import Permission
from enquiries.progress import latest_responses
from reports import queries
from reports.builders.progress import build_progress
from reports.forms import ProgressForm


@require_safe
def programme_progress(request, pk):
    """How the alliances of a programme answered one questionnaire, for the national team."""
    found = access.load_programme(request.user, Permission.READ_ACROSS, pk=pk)
    form = ProgressForm(request.GET, programme=found)
    wanted = form.chosen()
    responses = latest_responses(queries.filtered(found, wanted), form.instrument)
    progress = build_progress(form.instrument, responses, form.split)
    context = {
        "programme": found,
        "form": form,
        "wanted": wanted,
        "title": form.instrument_title,
        "progress": progress,
        "charts": [_with_cells(asdict(chart)) for chart in progress.charts],
    }
    return render(request, "reports/progress.html", context)


def _with_cells(chart: dict) -> dict:
    """A chart whose rows can be read as a table too: each figure with the point it counts."""
    for row in chart["rows"]:
        pairs = zip(chart["series"], row["texts"], strict=True)
        row["cells"] = [{"point": point, "text": text} for point, text in pairs]
    return chart
