from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from alliances import access, actions, links
from alliances.forms import MailFilterForm, UnwantedMailForm
from alliances.models import Mail
from alliances.pages import form_page
from alliances.queries import mails_of
from alliances.roles import Permission

ROWS_ON_A_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
def mail(request):
    """Which e-mails one wants."""
    form = UnwantedMailForm(request.POST if request.method == "POST" else None, person=request.user)
    if form.is_valid():
        actions.choose_mail(person=request.user, unwanted=form.unwanted())
        messages.success(request, "Your choice of e-mails has been saved.")
        return redirect("mail")
    return form_page(request, form, back=reverse("home"))


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail_stop(request, token):
    """Switch off one kind of e-mail by its signed link; mail programs send this page themselves."""
    found = links.read_stop(token)
    if found is None:
        raise Http404
    person, kind = found
    if request.method == "POST":
        actions.stop_mail(person_id=person, kind=kind)
    return render(request, "alliances/mail_stop.html", {"kind": kind.label})


@require_safe
def programme_mail(request, pk):
    """What became of the e-mails to the people of a programme."""
    programme = access.load_programme(request.user, Permission.MANAGE_PEOPLE, pk=pk)
    form = MailFilterForm(request.GET)
    mails = mails_of(programme)
    state = form.chosen()
    context = {
        "programme": programme,
        "form": form,
        "page": Paginator(mails.filter(state=state) if state else mails, ROWS_ON_A_PAGE).get_page(
            request.GET.get("page")
        ),
        "figures": _figures(mails),
        "clear_url": request.path,
    }
    return render(request, "alliances/programme_mail.html", context)


def _figures(mails) -> list[dict]:
    states = list(mails.order_by().values_list("state", flat=True))
    return [{"label": s.label.lower(), "value": states.count(s)} for s in Mail.State]
