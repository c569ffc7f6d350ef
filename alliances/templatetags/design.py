"""The design system's components as template tags; their markup is in templates/components."""

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html

from alliances.pages import UNDOES
from alliances.templatetags.question import Question

register = template.Library()

TAG_COLOURS = frozenset(
    ["blue", "green", "grey", "magenta", "orange", "purple", "red", "teal", "yellow"]
)


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms):
    """Everything that is wrong, each error leading to its box; nothing when all is well.

    {% error_summary form %} or {% error_summary form other_form %}
    """
    return {"errors": [error for form in forms if form for error in _errors(form)]}


def _errors(form):
    if not form.is_bound:
        return
    if hasattr(form, "forms"):
        for message in form.non_form_errors():
            yield {"text": message}
        for each in form.forms:
            yield from _errors(each)
        return
    for message in form.non_field_errors():
        yield {"text": message}
    for field in form:
        question = Question(field)
        for message in question.errors:
            yield {"text": message, "target": None if field.is_hidden else question.first_id}


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows):
    """Rows have a key and a value and may have a url and its action ("Change").

    {% summary_list rows %}
    """
    return {"rows": rows}


@register.simple_tag
def tag(text, colour="blue"):
    """The state of a thing: {% tag "In progress" "teal" %}."""
    if colour not in TAG_COLOURS:
        raise ValueError(f"No tag is {colour!r}; use one of {', '.join(sorted(TAG_COLOURS))}.")
    return format_html('<strong class="govuk-tag govuk-tag--{}">{}</strong>', colour, text)


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context, page, noun="results"):
    """Links to the pages of a list, keeping its filters: {% pagination page "alliances" %}."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {"request": context["request"], "page": page, "noun": noun, "numbers": numbers}


@register.inclusion_tag("components/empty_state.html")
def empty_state(title, text="", url="", action=""):
    """What to do where there is nothing yet.

    {% empty_state "No entries yet" "Write down what happened." url "Add an entry" %}
    """
    return {"title": title, "text": text, "url": url, "action": action}


@register.simple_tag
def back_link(url, text="Back"):
    """Where one came from: {% back_link url %}, in the block `breadcrumbs`."""
    link = '<nav aria-label="Back"><a class="govuk-back-link" href="{}">{}</a></nav>'
    return format_html(link, url, text)


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(*texts_and_urls):
    """The way here; a last text without address is this page.

    {% breadcrumbs "Home" home_url "Alliances" list_url alliance.name %}
    """
    texts, urls = texts_and_urls[::2], texts_and_urls[1::2]
    return {"items": list(zip(texts, [*urls, None], strict=False))}


@register.inclusion_tag("components/figures.html")
def figures(figures):
    """Big numbers in a row; each has a label and a value and may have a url and a note.

    {% figures figures %}
    """
    return {"figures": figures}


@register.inclusion_tag("components/progress.html")
def progress(label, value, maximum=100):
    """How far a piece of work is: {% progress "Making your report" report.done report.steps %}."""
    percent = round(100 * min(value, maximum) / maximum) if maximum else 0
    return {"label": label, "value": value, "maximum": maximum, "percent": percent}


@register.inclusion_tag("components/filter_panel.html", takes_context=True)
def filter_panel(context, form, title="Filter"):
    """A search form beside its results, inside <div class="filter-layout">.

    {% filter_panel form "Filter alliances" %}
    """
    request = context["request"]
    return {"form": form, "title": title, "path": request.path, "active": bool(request.GET)}


@register.inclusion_tag("components/task_list.html")
def task_list(tasks, prefix="task"):
    """Tasks have a title and a status and may have a url, a hint and a colour for the status.

    {% task_list tasks %}
    """
    return {"tasks": tasks, "prefix": prefix}


@register.inclusion_tag("components/message.html", takes_context=True)
def message_banner(context, message, number):
    """One of Django's messages, with a button where it offers to undo what it tells of."""
    tag = message.extra_tags or ""
    return {
        "message": message,
        "level": message.level_tag,
        "number": number,
        "undoes": tag.removeprefix(UNDOES) if tag.startswith(UNDOES) else "",
        "here": context["request"].get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_block_tag
def details(content, summary, is_open=False):
    """More for those who ask: {% details "How it is counted" %}<p>…</p>{% enddetails %}."""
    context = {"content": content, "summary": summary, "open": is_open}
    return render_to_string("components/details.html", context)
