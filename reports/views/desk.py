"""The desk of a case study: where it stands, its steps, and the whole programme's at once."""

from collections.abc import Callable
from dataclasses import asdict

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances import access
from alliances.pages import form_page
from alliances.roles import Permission
from enquiries.models import Enquiry
from reports import actions, rendering
from reports.builders import build_told_case_study
from reports.desk.forms import CaseStudiesForm
from reports.desk.steps import STEPS, Taken, Task, tasks
from reports.manuscript.anonymity import look_through
from reports.manuscript.hindrances import hindrances
from reports.manuscript.standing import SLUG, Standing, standing_of, standings_of
from reports.views.forms import pdf_or_page

ROWS_ON_A_PAGE = 25


def _enquiry(request, pk: int, *permissions: Permission) -> Enquiry:
    enquiries = Enquiry.objects.select_related(
        "alliance__theme", "alliance__cohort", "alliance__cluster", "alliance__programme", "listing"
    )
    return access.load(enquiries, request.user, *permissions, pk=pk)


def _standing(request, pk: int, released: Callable[[Standing], object]) -> Standing:
    """Where it stands, to who reads the enquiry; once released also to who chooses among all."""
    choosing = (Permission.READ_ENQUIRY, Permission.SELECT_CASE_STUDIES)
    standing = standing_of(_enquiry(request, pk, *choosing))
    if not released(standing):
        _enquiry(request, pk, Permission.READ_ENQUIRY)
    return standing


@require_safe
def case_study(request, pk):
    """Where it stands: what is done, what comes next and who does it, what hinders."""
    standing = _standing(request, pk, lambda it: it.signature or it.publications)
    enquiry = standing.enquiry
    allowed = access.permissions_over(request.user, enquiry.alliance)
    context = {
        "enquiry": enquiry,
        "standing": standing,
        "may": {permission.name for permission in allowed},
        "is_my_turn": standing.turn in allowed,
        "tasks": [_linked(task, enquiry, allowed) for task in tasks(standing)],
        "hindrances": [] if standing.signature or not standing.draft else hindrances(standing),
        "has_empty": _has_empty(standing),
    }
    return render(request, "reports/desk/case_study.html", context)


def _linked(task: Task, enquiry: Enquiry, allowed: set[Permission]) -> dict:
    """A line of the task list, leading on for those who may take the step."""
    permission = STEPS[task.slug].permission if task.slug else Permission.WRITE_ENQUIRY
    url = reverse("sheet", args=[enquiry.pk, SLUG])
    if task.slug:
        url = reverse("case-study-step", args=[enquiry.pk, task.slug])
    may = task.can_begin and permission in allowed
    return {**asdict(task), "hint": task.who, "url": url if may else ""}


def _has_empty(standing: Standing) -> bool:
    draft = standing.draft
    return draft is None or not all(getattr(draft, name) for name in draft.SECTIONS)


@require_POST
def case_study_begin(request, pk):
    """Fill what is empty with the words of the log."""
    enquiry = _enquiry(request, pk, Permission.WRITE_ENQUIRY)
    actions.begin_with_logged(enquiry=enquiry, by=request.user)
    messages.success(request, "The empty sections hold what was logged: put it into your words.")
    return redirect("sheet", pk, SLUG)


@require_http_methods(["GET", "HEAD", "POST"])
def case_study_step(request, pk, slug):
    """One step, as a short form; refused in words where it cannot be taken."""
    step = STEPS.get(slug)
    if step is None:
        raise Http404
    enquiry = _enquiry(request, pk, step.permission)
    standing = standing_of(enquiry)
    form = step.form(request.POST or None, standing=standing)
    if form.is_valid() and _taken(step, enquiry, form, request.user):
        messages.success(request, step.said)
        return redirect("case-study", pk)
    context = {"subject": enquiry.alliance, "enquiry": enquiry, "standing": standing}
    if slug == "check" and standing.draft:
        context["found"] = look_through(standing.draft)
    back = reverse("case-study", args=[pk])
    return form_page(request, form, back=back, template="reports/desk/step.html", **context)


def _taken(step: Taken, enquiry: Enquiry, form, user) -> bool:
    """Whether the step could be taken; else the form says why not."""
    try:
        step.take(enquiry=enquiry, by=user, **form.cleaned_data)
    except actions.NotNow as refused:
        for reason in refused.reasons:
            form.add_error(None, reason)
    return not form.errors


def _draft(request, pk):
    """The draft as a document; only its own people see all."""
    standing = _standing(request, pk, lambda it: it.signature)
    if not standing.has_words:
        raise Http404
    return standing, build_told_case_study(standing.draft)


@require_safe
def case_study_read(request, pk):
    """The draft as it would be published."""
    standing, study = _draft(request, pk)
    body = rendering.body_html("case-study", asdict(study))
    context = {"enquiry": standing.enquiry, "standing": standing}
    context |= {"title": study.title, "body": body}
    return render(request, "reports/desk/read.html", context)


@require_safe
def case_study_pdf(request, pk):
    _, study = _draft(request, pk)
    return pdf_or_page(request, "case-study", study, reverse("case-study-read", args=[pk]))


@require_safe
def programme_case_studies(request, pk):
    """The programme's case studies with where each stands, for those who choose among them."""
    programme = access.load_programme(request.user, Permission.SELECT_CASE_STUDIES, pk=pk)
    form = CaseStudiesForm(request.GET, programme=programme)
    enquiries = Enquiry.objects.filter(alliance__in=form.alliances())
    enquiries = enquiries.select_related("alliance__theme").defer("document")
    found = enquiries.order_by("alliance__name", "pk")
    if wanted := form.state_wanted:
        found = [each.enquiry for each in standings_of(found) if each.state == wanted]
    page = Paginator(found, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "form": form,
        "page": page,
        "standings": standings_of(page.object_list),
    }
    return render(request, "reports/desk/programme.html", context)
