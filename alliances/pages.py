from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_page(request: HttpRequest, form, *, back: str, **context) -> HttpResponse:
    """One question page: the form's own title, intro and button. Faults answer with status 422."""
    status = 422 if form.is_bound and form.errors else 200
    context |= {"form": form, "back": back}
    return render(request, "form_page.html", context, status=status)
