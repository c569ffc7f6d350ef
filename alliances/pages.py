from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


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
