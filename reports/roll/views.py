import re

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances import access, actions
from alliances.models import Alliance, Mail, Programme
from alliances.pages import form_page, offer_undo, undo_of
from alliances.queries import people_to_write_to
from alliances.roles import Permission
from reports.roll.forms import MessageForm, PlaceForm, RollForm
from reports.roll.queries import LEADS, last_logged, open_lead_invitations, roll_of, with_leads

ROWS_ON_A_PAGE = 50
# What the list is chosen by, beside its filters: ticks, or everything that fits the filters.
TICKED, EVERYTHING = "alliance", "everything"


def _programme(request, pk) -> Programme:
    return access.load_programme(request.user, Permission.PLACE_ALLIANCES, pk=pk)


@require_safe
def programme_alliances(request, pk):
    """The alliances of a programme with ticks, for what is done to many of them."""
    programme = _programme(request, pk)
    form = RollForm(request.GET, programme=programme)
    page = Paginator(roll_of(programme, form.wanted()), ROWS_ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    logged = last_logged(page.object_list)
    context = {
        "programme": programme,
        "form": form,
        "page": page,
        "rows": [
            {"alliance": each, "lead": LEADS[each.lead], "logged_at": logged.get(each.pk)}
            for each in page.object_list
        ],
        "kept": _kept(request),
    }
    return render(request, "reports/roll/list.html", context)


def _kept(request) -> list[tuple[str, str]]:
    """The filters and the page that the list is seen through, to be carried along."""
    names = [*RollForm.field_order, "page"]
    return [(name, request.GET[name]) for name in names if request.GET.get(name)]


def _chosen(request, programme: Programme) -> QuerySet[Alliance]:
    """The alliances that are ticked, or all that fit the filters."""
    if request.GET.get(EVERYTHING):
        return roll_of(programme, RollForm(request.GET, programme=programme).wanted())
    ticked = [pk for pk in request.GET.getlist(TICKED) if re.fullmatch("[0-9]{1,9}", pk)]
    return with_leads(programme.alliances.filter(pk__in=ticked)).select_related(
        "theme", "cohort", "cluster"
    )


def _list_of(request, programme: Programme) -> str:
    """The list as it was, with its filters and its page."""
    query = request.GET.copy()
    for name in (TICKED, EVERYTHING):
        query.pop(name, None)
    return reverse("programme-alliances", args=[programme.pk], query=query)


@require_safe
def alliances_chosen(request, pk):
    """What can be done to the alliances that were chosen."""
    programme = _programme(request, pk)
    return _page(request, programme, PlaceForm(programme=programme))


def _page(
    request, programme: Programme, form: PlaceForm, problem: actions.NothingDone | None = None
) -> HttpResponse:
    chosen = list(_chosen(request, programme))
    if not chosen:
        messages.error(request, "Tick an alliance first, or choose all that fit the filters.")
        return redirect(_list_of(request, programme))
    context = {
        "programme": programme,
        "form": form,
        "chosen": chosen,
        "named": [each for each in chosen if each.lead == "named"],
        "invited": [each for each in chosen if each.lead == "invited"],
        "nothing_done": problem,
        "faults": problem.faults if problem else [],
        "back": _list_of(request, programme),
        "query": request.GET.urlencode(),
    }
    status = 422 if form.errors or problem else 200
    return render(request, "reports/roll/chosen.html", context, status=status)


@require_POST
def alliances_place(request, pk):
    """Give the chosen alliances their theme, cohort or cluster."""
    programme = _programme(request, pk)
    form = PlaceForm(request.POST, programme=programme)
    chosen = list(_chosen(request, programme))
    if not (chosen and form.is_valid()):
        return _page(request, programme, form)
    act = actions.place_together(
        programme=programme, alliances=chosen, by=request.user, **form.places()
    )
    if act is None:
        messages.info(request, "They are there already. Nothing was changed.")
    else:
        number = len(act.detail["acts"])
        offer_undo(request, f"{_alliances(number)} moved.", undo_of(act))
    return redirect(_list_of(request, programme))


@require_POST
def alliances_invite(request, pk):
    """Invite the leads of the chosen alliances that have not been invited yet."""
    programme = _programme(request, pk)
    named = _chosen(request, programme).filter(lead="named")
    try:
        number = actions.invite_leads(programme=programme, alliances=named, by=request.user)
    except actions.NothingDone as problem:
        return _page(request, programme, PlaceForm(programme=programme), problem)
    return _sent(request, programme, number)


@require_POST
def alliances_invite_again(request, pk):
    """Send the open invitations of the chosen alliances' leads again."""
    programme = _programme(request, pk)
    invitations = open_lead_invitations(_chosen(request, programme).filter(lead="invited"))
    try:
        number = actions.invite_leads_again(
            programme=programme, invitations=invitations, by=request.user
        )
    except actions.NothingDone as problem:
        return _page(request, programme, PlaceForm(programme=programme), problem)
    return _sent(request, programme, number)


def _sent(request, programme: Programme, number: int) -> HttpResponse:
    noun = "invitation is" if number == 1 else "invitations are"
    messages.success(request, f"{number} {noun} on the way.")
    return redirect(_list_of(request, programme))


@require_http_methods(["GET", "HEAD", "POST"])
def alliances_message(request, pk):
    """Write to people of the chosen alliances: typed, looked at with who gets it, sent."""
    programme = access.load_programme(request.user, Permission.MANAGE_PEOPLE, pk=pk)
    chosen = _chosen(request, programme)
    if not chosen:
        return _page(request, programme, PlaceForm(programme=programme))
    step = request.POST.get("step", "look")
    form = MessageForm(request.POST or None)
    if not form.is_valid() or step == "change":
        return _write(request, programme, form, len(chosen))
    people = people_to_write_to(chosen, Mail.Kind.MESSAGE, everybody=form.everybody)
    if not people:
        form.add_error("to", "Nobody there can be written to, or wants such e-mails")
        return _write(request, programme, form, len(chosen))
    if step != "send":
        context = {
            "programme": programme,
            "form": form,
            "people": people.items(),
            "number": len(set(people.values())),
            "query": request.GET.urlencode(),
        }
        return render(request, "reports/roll/message.html", context)
    return _send(request, programme, form, people, len(chosen))


def _write(request, programme: Programme, form: MessageForm, number: int) -> HttpResponse:
    back = reverse("alliances-chosen", args=[programme.pk], query=request.GET)
    subject = f"{_alliances(number)} chosen"
    return form_page(request, form, back=back, subject=subject)


def _send(request, programme, form: MessageForm, people, number: int) -> HttpResponse:
    given = form.cleaned_data
    try:
        actions.write_to(
            programme=programme,
            people=people,
            to=form.TO[given["to"]],
            subject=given["subject"],
            text=given["text"],
            submission=given["submission"],
            by=request.user,
        )
    except actions.WrittenTooOften:
        form.add_error(None, "You have sent five messages within the hour. Send this one later")
        return _write(request, programme, form, number)
    told = "1 person" if len(people) == 1 else f"{len(people)} people"
    messages.success(request, f"Your message to {told} is on the way.")
    return redirect(_list_of(request, programme))


def _alliances(number: int) -> str:
    return f"{number} alliance{'' if number == 1 else 's'}"
