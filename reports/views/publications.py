"""What anybody may read, without signing in."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from http import HTTPStatus

from allauth.core.ratelimit import consume_or_429
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from reports import rendering
from reports.forms import LibraryForm
from reports.manuscript.library import Library, Wanted, poster, posters
from reports.manuscript.published import Version, versions_of
from reports.models import Rendition

BOOKS_ON_A_PAGE, POSTERS_ON_A_PAGE = 20, 12


def kept_by_anybody(view: Callable) -> Callable:
    """A page that whoever is signed out may keep; asked again, it is sent only if it changed."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if request.user.is_authenticated or response.status_code != HTTPStatus.OK:
            return response
        digest = sha256(response.content).hexdigest()
        return _kept(request, digest, lambda: response)

    return answer


def _kept(request, digest: str, answer: Callable[[], HttpResponse]) -> HttpResponse:
    """Anybody may keep an answer, and asks each time whether it still stands; it is sent once."""
    mark = quote_etag(digest)
    response = get_conditional_response(request, etag=mark)
    if response is None:
        response = answer()
    if response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
        response["ETag"] = mark
        patch_cache_control(response, public=True, no_cache=True)
    return response


@login_not_required
@require_safe
@kept_by_anybody
def publications(request):
    """The library: the latest version of every case study that tells what is looked for."""
    if request.GET.get("q", "").strip() and (
        refusal := consume_or_429(request, action="library_search", limit_get=True)
    ):
        return refusal
    form = LibraryForm(request.GET)
    wanted = form.wanted()
    library = Library(wanted)
    page = Paginator(library, BOOKS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "books": page.object_list,
        "suggestion": library.suggestion,
        "is_narrowed": wanted != Wanted(),
    }
    return render(request, "reports/public/list.html", context)


@login_not_required
@require_safe
@kept_by_anybody
def gallery(request):
    """The same case studies to be looked at: a question, a picture and a voice each."""
    page = Paginator(posters(), POSTERS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "posters": map(poster, page.object_list)}
    return render(request, "reports/public/gallery.html", context)


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
        "file": version.file,
        "agency": report.data["agency"],
        "address": settings.SITE_URL + reverse("publication-version", args=[slug, version.number]),
    }
    return render(request, "reports/public/case_study.html", context)


@login_not_required
@require_safe
@kept_by_anybody
def publication(request, slug):
    return _page(request, slug)


@login_not_required
@require_safe
@kept_by_anybody
def publication_version(request, slug, number):
    return _page(request, slug, number)


@login_not_required
@require_safe
def publication_file(request, slug):
    """The PDF of the latest version, once a worker has set it."""
    version, _ = _version(slug)
    return _file(request, version, f"{slug}.pdf")


@login_not_required
@require_safe
def publication_version_file(request, slug, number):
    """The PDF of one version; that of an earlier one says that there is a later one."""
    version, _ = _version(slug, number)
    return _file(request, version, f"{slug}-version-{number}.pdf")


def _file(request, version: Version, name: str) -> HttpResponse:
    rendition = get_object_or_404(Rendition.objects.defer("file"), pk=version.file)

    def answer() -> HttpResponse:
        shown = {"Content-Disposition": f'inline; filename="{name}"'}
        return HttpResponse(bytes(rendition.file), content_type="application/pdf", headers=shown)

    return _kept(request, rendition.file_hash, answer)
