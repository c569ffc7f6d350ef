from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances import actions
from alliances.forms import TokenForm
from alliances.pages import form_page
from alliances.queries import tokens_of


@require_safe
def tokens(request):
    return render(request, "alliances/tokens.html", {"tokens": tokens_of(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def token_new(request):
    """The secret stands in the answer to the form and nowhere else, not even in the session."""
    form = TokenForm(request.POST or None)
    if not form.is_valid():
        return form_page(request, form, back=reverse("tokens"))
    token, secret = actions.make_token(person=request.user, **form.cleaned_data)
    return render(request, "alliances/token_made.html", {"token": token, "secret": secret})


@require_POST
def token_end(request, pk):
    token = get_object_or_404(request.user.tokens, pk=pk)
    actions.end_token(token=token, by=request.user)
    messages.success(request, f"{token} opens nothing any more.")
    return redirect("tokens")
