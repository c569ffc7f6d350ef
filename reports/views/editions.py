"""Where the national team writes and arranges the reports on themes and on the programme."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances import access
from alliances.pages import form_page, offer_undo, undo_of
from alliances.queries import last_act
from alliances.roles import Permission
from reports import actions, editions
from reports.forms import ChoiceForm, NewPassageForm, PassageForm, TitleForm
from reports.models import Edition, Passage, Preview

ROWS_ON_A_PAGE = 25
READ_BEFORE = (
    "It was being made already when you asked. What has been written since then is not in it: "
    "issue it again when it is ready."
)


def _edition(request, pk) -> Edition:
    edition = get_object_or_404(Edition.objects.select_related("programme", "theme"), pk=pk)
    access.load_programme(request.user, Permission.EDIT_REPORTS, pk=edition.programme_id)
    return edition


def _passage(request, key) -> Passage:
    passages = Passage.objects.select_related("edition__programme", "edition__theme")
    passage = get_object_or_404(passages, key=key)
    access.load_programme(request.user, Permission.EDIT_REPORTS, pk=passage.edition.programme_id)
    return passage


@require_safe
def programme_editions(request, pk):
    programme = access.load_programme(request.user, Permission.EDIT_REPORTS, pk=pk)
    context = {"programme": programme, "desks": editions.desks_of(programme)}
    return render(request, "reports/editions.html", context)


@require_POST
def edition_begin(request, pk):
    programme = access.load_programme(request.user, Permission.EDIT_REPORTS, pk=pk)
    number = request.POST.get("theme", "")
    theme = next((each for each in programme.themes.all() if str(each.number) == number), None)
    if number and not theme:
        raise Http404
    edition = actions.begin_edition(programme=programme, theme=theme, by=request.user)
    return redirect("edition", pk=edition.pk)


@require_safe
def edition(request, pk):
    """Its passages in their order, what could be told, and what has been issued."""
    found = _edition(request, pk)
    passages = list(found.passages.all())
    context = {
        "edition": found,
        "body": [passage for passage in passages if not passage.is_appendix],
        "appendices": [passage for passage in passages if passage.is_appendix],
        "tellings": editions.TELLINGS.values(),
        "issues": editions.issues_of(found)[:10],
    }
    return render(request, "reports/edition.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edition_title(request, pk):
    found = _edition(request, pk)
    form = TitleForm(request.POST or None, instance=found)
    if form.is_valid():
        try:
            actions.title_edition(edition=found, by=request.user, **form.cleaned_data)
        except actions.RewordedMeanwhile:
            form.show_conflict(_edition(request, pk))
        else:
            return redirect("edition", pk=pk)
    return form_page(request, form, back=reverse("edition", args=[pk]), subject=found.programme)


@require_http_methods(["GET", "HEAD", "POST"])
def passage_new(request, pk):
    found = _edition(request, pk)
    form = NewPassageForm(request.POST or None)
    if form.is_valid():
        try:
            actions.add_passage(edition=found, by=request.user, **form.cleaned_data)
        except actions.KeyOfAnother:
            raise Http404 from None
        messages.success(
            request, "The passage stands at the end of the body. Move it to its place."
        )
        return redirect("edition", pk=pk)
    return form_page(request, form, back=reverse("edition", args=[pk]), subject=found)


@require_http_methods(["GET", "HEAD", "POST"])
def passage(request, key):
    found = _passage(request, key)
    version, back = found.version, f"{reverse('edition', args=[found.edition_id])}#p{found.key}"
    form = PassageForm(request.POST or None, instance=found)
    if form.is_valid():
        try:
            worded = actions.word_passage(passage=found, by=request.user, **form.cleaned_data)
        except actions.RewordedMeanwhile:
            form.show_conflict(Passage.objects.get(key=key))
        else:
            if worded.version != version:
                act = last_act("reworded", worded, request.user)
                offer_undo(request, "The passage is saved.", undo_of(act))
            return redirect(back)
    return form_page(request, form, back=back, subject=found.edition)


@require_POST
def passage_move(request, key):
    found = _passage(request, key)
    actions.move_passage(passage=found, up=request.POST.get("to") == "up", by=request.user)
    return redirect(f"{reverse('edition', args=[found.edition_id])}#p{found.key}")


def _telling(what: str) -> editions.Telling:
    if what not in editions.TELLINGS:
        raise Http404
    return editions.TELLINGS[what]


@require_safe
def choices(request, pk, what):
    """Everything of a kind that the report could tell, with what was decided of each and why."""
    found, telling = _edition(request, pk), _telling(what)
    page = Paginator(editions.records_of(found, telling), ROWS_ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    chosen, under = editions.choices_of(found), editions.messages_of(found)
    rows = [
        {
            "record": record,
            "text": telling.text(record),
            "choice": (choice := chosen.get(record.key)),
            "is_told": editions.is_told(telling, choice),
            "message": under.get(choice.message) if choice else None,
        }
        for record in page
    ]
    context = {"edition": found, "telling": telling, "page": page, "rows": rows}
    return render(request, "reports/choices.html", context)


def _place(edition: Edition, telling: editions.Telling, key: UUID) -> str:
    """Where in the list of what could be told a record stands: its page, and its row."""
    keys = list(editions.records_of(edition, telling).values_list("key", flat=True))
    return f"?page={keys.index(key) // ROWS_ON_A_PAGE + 1}#r{key}"


@require_http_methods(["GET", "HEAD", "POST"])
def choice(request, pk, what, key):
    found, telling = _edition(request, pk), _telling(what)
    record = get_object_or_404(editions.records_of(found, telling), key=key)
    under = editions.messages_of(found).values() if telling.placed else ()
    form = ChoiceForm(request.POST or None, messages=under)
    back = f"{reverse('choices', args=[pk, what])}{_place(found, telling, key)}"
    if form.is_valid():
        actions.choose(
            edition=found, sheet=what, record=record.key, by=request.user, **form.cleaned_data
        )
        return redirect(back)
    return form_page(request, form, back=back, subject=found, quoted=telling.text(record))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edition_preview(request, pk):
    """The report as it stood when its reader last asked; asked by POST, a worker makes it anew."""
    found = _edition(request, pk)
    if request.method == "POST":
        actions.ask_for_preview(edition=found, by=request.user)
        return redirect("edition-preview", pk=pk)
    preview = found.previews.filter(asked_by=request.user).first()
    context = {"edition": found, "preview": preview}
    context["is_behind"] = bool(preview) and editions.quotations_saved_since(
        preview.asked_at, found
    )
    if preview and preview.status == Preview.Status.READY and not context["is_behind"]:
        context["page"] = Paginator(preview.leaves.all(), 1).get_page(request.GET.get("page"))
    return render(request, "reports/preview.html", context)


@require_POST
def edition_issue(request, pk):
    report = actions.issue_edition(edition=_edition(request, pk), by=request.user)
    if report.data_hash:
        messages.info(request, READ_BEFORE)
    return redirect("report", pk=report.pk)
