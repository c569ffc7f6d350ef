from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from alliances.models import AuditRecord

# What the tag of a message begins with that offers to undo; the address that does so follows.
UNDOES = "undo "


def offer_undo(request: HttpRequest, text: str, address: str) -> None:
    """Say that something is done, beside a button that undoes it by posting to an address."""
    messages.success(request, text, extra_tags=f"{UNDOES}{address}")


def undo_of(act: AuditRecord) -> str:
    """The address that undoes an act; ``reports.undoing`` says which acts can be."""
    return reverse("undo", args=[act.pk])


def form_page(
    request: HttpRequest,
    form,
    *,
    back: str,
    other_form=None,
    template: str = "form_page.html",
    **context,
) -> HttpResponse:
    """One question page: the form's own title, intro and button. Faults answer with status 422."""
    is_faulty = any(each.errors for each in (form, other_form) if each)
    status = 422 if is_faulty else 200
    context |= {"form": form, "other_form": other_form, "back": back}
    return render(request, template, context, status=status)
