"""What anybody may read, without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from reports import rendering
from reports.manuscript.published import Version, published, versions_of
from reports.models import Publication


@login_not_required
@require_GET
def publications(request):
    """Every case study that is published, the latest version of each."""
    return render(request, "reports/public/list.html", {"publications": published()})


def _version(slug: str, number: int | None = None) -> tuple[Version, list[Version]]:
    """A version of what is published at an address, the latest if none is named, and them all."""
    found = versions_of(slug)
    wanted = [each for each in found if number in (None, each.number)]
    if not wanted:
        raise Http404
    return wanted[0], found


def _page(request, slug: str, number: int | None = None):
    version, found = _version(slug, number)
    report = version.publication.report
    context = {
        "version": version,
        "latest": found[0],
        "earlier": [each for each in found if each.number < version.number],
        "title": report.data["title"],
        "alliance": report.data["alliance"],
        "body": rendering.body_html(report.kind, report.data),
        "has_file": report.rendition_id is not None,
    }
    return render(request, "reports/public/case_study.html", context)


@login_not_required
@require_GET
def publication(request, slug):
    return _page(request, slug)


@login_not_required
@require_GET
def publication_version(request, slug, number):
    return _page(request, slug, number)


@login_not_required
@require_GET
def publication_file(_request, slug):
    """The PDF of the latest version, once a worker has set it."""
    version, _ = _version(slug)
    found = Publication.objects.filter(
        pk=version.publication.pk, report__rendition__isnull=False
    ).select_related("report__rendition")
    for each in found:
        response = HttpResponse(bytes(each.report.rendition.file), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="{slug}.pdf"'
        response["X-Content-Type-Options"] = "nosniff"
        return response
    raise Http404
