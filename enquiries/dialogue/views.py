"""Pages about a filled form beside it: sharing and agreeing judgements, comments and answers."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances import access
from alliances.models import Alliance, User
from alliances.pages import form_page
from alliances.roles import Permission
from enquiries import actions
from enquiries.dialogue import queries
from enquiries.dialogue.forms import AgreeForm, CommentForm, RemarkForm, ShareForm
from enquiries.models import Enquiry, Judgement, Thread
from enquiries.sheets import sheet_called
from enquiries.sheets.desk import Desk, desk_of
from enquiries.sheets.queries import hidden_fields

THREADS_ON_A_PAGE = 25


def _desk(request, pk: int, slug: str, permission: Permission) -> Desk:
    desk = desk_of(request, pk, slug)
    if permission not in desk.allowed:
        raise PermissionDenied
    return desk


def _others(alliance: Alliance, user: User) -> list[User]:
    """Whom a person may tell: everybody else who may answer."""
    answering = access.people_over(alliance, Permission.COMMENT)
    return [person for person in answering if person.pk != user.pk]


@require_http_methods(["GET", "HEAD", "POST"])
def share(request, pk, slug, key: UUID):
    """The facilitator chooses which private words of a record its alliance may read."""
    desk = _desk(request, pk, slug, Permission.WRITE_JUDGEMENT)
    record = desk.record(key)
    if not queries.may_share(desk.sheet, desk.allowed):
        raise Http404
    back = desk.sheet.url_of(record)
    answers = queries.private_answers(desk.sheet, desk.form(record))
    if not answers:
        messages.info(request, "There is nothing private written here that could be shared.")
        return redirect(back)
    form = ShareForm(request.POST or None, answers=answers)
    if form.is_valid():
        actions.share_judgement(record=record, sheet=slug, words=form.words(), by=request.user)
        messages.success(
            request, "The alliance’s lead can read these words now, and agree to them."
        )
        return redirect(back)
    return form_page(request, form, back=back, subject=desk.sheet.title)


@require_http_methods(["GET", "HEAD", "POST"])
def agree(request, pk):
    """The lead agrees to what the facilitator shared; then everybody who reads the form does."""
    judgements = Judgement.objects.select_related("enquiry__alliance", "shared_by")
    judgement = access.load(judgements, request.user, Permission.AGREE_JUDGEMENT, pk=pk)
    back = _address(judgement)
    form = AgreeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.agree_judgement(judgement=judgement, by=request.user)
        messages.success(request, "You have agreed. It can now be read with the form.")
        return redirect(back)
    context = {"judgement": judgement, "form": form, "back": back}
    return render(request, "enquiries/judgement_agree.html", context)


def _address(about: Judgement | Thread) -> str:
    """Where the record that something is said about stands, or its history if it is withdrawn."""
    sheet = sheet_called(about.sheet)
    record = sheet and sheet.model.everything.filter(key=about.record).first()
    if record is None:
        raise Http404
    return sheet.url_of(record)


@require_http_methods(["GET", "HEAD", "POST"])
def comment(request, pk, slug, key: UUID):
    """Open a thread about a record, or about one of its fields."""
    desk = _desk(request, pk, slug, Permission.COMMENT)
    record = desk.record(key)
    shown = desk.form(record)
    labels = _labels(desk, shown)
    people = _others(desk.enquiry.alliance, request.user)
    form = CommentForm(request.POST or None, labels=labels, allowed=desk.allowed, people=people)
    if form.is_valid():
        about = form.about()
        words = shown.stored().get(about["field"], "")
        thread = actions.open_thread(
            record=record,
            sheet=slug,
            text=form.cleaned_data["text"],
            tell=form.told(),
            submission=form.cleaned_data["submission"],
            quoted=shown.in_words(about["field"], words) if about["field"] else "",
            by=request.user,
            **about,
        )
        messages.success(request, "Your comment stands beside the form.")
        return redirect("thread", pk=thread.pk)
    back = desk.sheet.url_of(record)
    return form_page(request, form, back=back, subject=desk.sheet.title)


def _labels(desk: Desk, form) -> dict[str, str]:
    """Fields that every reader sees; what is private is not spoken of in threads.

    Of a form that not everybody may open, a thread is about the whole.
    """
    if desk.sheet.read is not Permission.READ_ENQUIRY:
        return {}
    private = hidden_fields(desk.sheet, set())
    return {name: form.fields[name].label for name in form.names if name not in private}


@require_http_methods(["GET", "HEAD", "POST"])
def thread(request, pk):
    """A thread, and on sending an answer to it."""
    threads = Thread.objects.select_related("enquiry__alliance")
    found = access.load(threads, request.user, Permission.READ_ENQUIRY, pk=pk)
    allowed = access.permissions_over(request.user, found.enquiry.alliance)
    people = _others(found.enquiry.alliance, request.user)
    form = RemarkForm(request.POST or None, people=people)
    if request.method == "POST" and Permission.COMMENT not in allowed:
        raise PermissionDenied
    if form.is_valid():
        actions.answer_thread(
            thread=found,
            text=form.cleaned_data["text"],
            tell=form.told(),
            submission=form.cleaned_data["submission"],
            by=request.user,
        )
        messages.success(request, "Your answer is saved.")
        return redirect("thread", pk=pk)
    (conversation,) = queries.conversations(Thread.objects.filter(pk=pk))
    context = {
        "enquiry": found.enquiry,
        "sheet": sheet_called(found.sheet),
        "conversation": conversation,
        "record_url": _address(found),
        "form": form if Permission.COMMENT in allowed else None,
        "may_resolve": queries.may_resolve(found, allowed),
    }
    return render(request, "enquiries/thread.html", context, status=422 if form.errors else 200)


@require_POST
def resolve(request, pk):
    """Close a thread; one that asks for a change is closed by those who may ask for changes."""
    threads = Thread.objects.select_related("enquiry__alliance")
    found = access.load(threads, request.user, Permission.COMMENT, pk=pk)
    allowed = access.permissions_over(request.user, found.enquiry.alliance)
    if not queries.may_resolve(found, allowed):
        raise PermissionDenied
    actions.resolve_thread(thread=found, by=request.user)
    messages.success(request, "Marked as resolved. An answer would open it again.")
    return redirect("thread", pk=pk)


@require_safe
def threads(request, pk):
    """Every comment of an enquiry, those still open first."""
    enquiries = Enquiry.objects.select_related("alliance")
    enquiry = access.load(enquiries, request.user, Permission.READ_ENQUIRY, pk=pk)
    pages = Paginator(queries.threads_of(enquiry), THREADS_ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    for each in page:
        each.title = sheet_called(each.sheet).title
    return render(request, "enquiries/threads.html", {"enquiry": enquiry, "page": page})
