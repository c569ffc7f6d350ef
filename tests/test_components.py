"""The components as HTML: what they say, what they escape, where their errors lead."""

import datetime
import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import allauth
import pytest
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from pytest_django.asserts import assertHTMLEqual, assertInHTML

from alliances.fields import DayMonthYearField, NoBrowserValidation, plain_errors
from alliances.templatetags.design import TAG_COLOURS

ROOT = Path(__file__).resolve().parent.parent
EVIL = '<script>alert("x")</script>'


def draw(source, path="/", **context):
    libraries = "{% load design question crispy_forms_tags %}"
    context["request"] = RequestFactory().get(path)
    return Template(libraries + source).render(Context(context))


def field_form(field, data=None, **attributes):
    """A form with the one question `answer`."""
    base = type("Base", (NoBrowserValidation, forms.Form), {"answer": field, **attributes})
    return base(data)


def drawn(field, data=None):
    return draw("{{ form|crispy }}", form=field_form(field, data))


# Questions


def test_text():
    assertHTMLEqual(
        drawn(forms.CharField(label="Title", help_text="As it will be printed.", max_length=9)),
        """
        <div class="govuk-form-group">
          <label class="govuk-label govuk-label--s" for="id_answer">Title</label>
          <div id="id_answer_helptext" class="govuk-hint">As it will be printed.</div>
          <input class="govuk-input" type="text" name="answer" id="id_answer"
            aria-describedby="id_answer_helptext">
        </div>""",
    )


def test_text_with_an_error_keeps_what_was_typed():
    assertHTMLEqual(
        drawn(forms.CharField(label="Title", help_text="Short.", max_length=2), {"answer": "abc"}),
        """
        <div class="govuk-form-group govuk-form-group--error">
          <label class="govuk-label govuk-label--s" for="id_answer">Title</label>
          <div id="id_answer_helptext" class="govuk-hint">Short.</div>
          <p id="id_answer_error" class="govuk-error-message">
            <span class="govuk-visually-hidden">Error:</span> Title must be 2 characters or fewer
          </p>
          <input class="govuk-input govuk-input--error" type="text" name="answer" id="id_answer"
            value="abc" aria-invalid="true"
            aria-describedby="id_answer_helptext id_answer_error">
        </div>""",
    )


def test_two_errors_of_one_question():
    def refuse(_):
        raise ValidationError(["Too long", "Too loud"])

    html = drawn(forms.CharField(validators=[refuse]), {"answer": "x"})
    assertInHTML(
        """
        <p id="id_answer_error" class="govuk-error-message">
          <span class="govuk-visually-hidden">Error:</span> Too long<br>
          <span class="govuk-visually-hidden">Error:</span> Too loud
        </p>""",
        html,
    )


@pytest.mark.parametrize(
    ("field", "control"),
    [
        (
            forms.EmailField(),
            """<input class="govuk-input" type="email" name="answer" id="id_answer"
                 autocomplete="email" spellcheck="false">""",
        ),
        (
            forms.IntegerField(min_value=1, max_value=9),
            """<input class="govuk-input govuk-input--width-5" type="text" name="answer"
                 id="id_answer" inputmode="numeric">""",
        ),
        (
            forms.DecimalField(widget=forms.NumberInput({"class": "govuk-input--width-3"})),
            """<input class="govuk-input govuk-input--width-3" type="text" name="answer"
                 id="id_answer" inputmode="decimal">""",
        ),
        (
            forms.FileField(widget=forms.FileInput({"accept": ".csv"})),
            """<input class="govuk-file-upload" type="file" name="answer" id="id_answer"
                 accept=".csv">""",
        ),
        (
            forms.CharField(widget=forms.Textarea),
            """<textarea class="govuk-textarea" name="answer" id="id_answer" rows="5">
               </textarea>""",
        ),
        (
            forms.CharField(widget=forms.Textarea({"rows": 3, "class": "wide"})),
            """<textarea class="govuk-textarea wide" name="answer" id="id_answer" rows="3">
               </textarea>""",
        ),
        (
            forms.ChoiceField(choices=[("", "Choose"), ("a", "A & B")]),
            """<select class="govuk-select" name="answer" id="id_answer">
                 <option value="" selected>Choose</option>
                 <option value="a">A &amp; B</option>
               </select>""",
        ),
        (
            forms.MultipleChoiceField(choices=[("a", "A")]),
            """<select class="govuk-select" name="answer" id="id_answer" multiple>
                 <option value="a">A</option>
               </select>""",
        ),
    ],
)
def test_single_controls(field, control):
    assertHTMLEqual(
        drawn(field),
        f"""
        <div class="govuk-form-group">
          <label class="govuk-label govuk-label--s" for="id_answer">Answer</label>
          {control}
        </div>""",
    )


def test_hidden_fields_have_no_label():
    assertHTMLEqual(
        drawn(forms.CharField(widget=forms.HiddenInput, initial="1")),
        '<input type="hidden" name="answer" value="1" id="id_answer">',
    )


def test_password():
    assertHTMLEqual(
        drawn(forms.CharField(widget=forms.PasswordInput({"autocomplete": "new-password"}))),
        """
        <div class="govuk-form-group govuk-password-input" data-module="govuk-password-input">
          <label class="govuk-label govuk-label--s" for="id_answer">Answer</label>
          <div class="govuk-input__wrapper govuk-password-input__wrapper">
            <input class="govuk-input govuk-password-input__input govuk-js-password-input-input"
              type="password" name="answer" id="id_answer" autocomplete="new-password"
              spellcheck="false" autocapitalize="none">
            <button type="button" class="govuk-button govuk-button--secondary
              govuk-password-input__toggle govuk-js-password-input-toggle"
              data-module="govuk-button" aria-controls="id_answer" aria-label="Show password"
              hidden>Show</button>
          </div>
        </div>""",
    )


def test_long_text_counts_its_characters():
    assertHTMLEqual(
        drawn(forms.CharField(widget=forms.Textarea, max_length=2000)),
        """
        <div class="govuk-form-group govuk-character-count" data-module="govuk-character-count"
          data-maxlength="2000">
          <label class="govuk-label govuk-label--s" for="id_answer">Answer</label>
          <textarea class="govuk-textarea govuk-js-character-count" rows="5" name="answer"
            id="id_answer" aria-describedby="id_answer-info"></textarea>
          <div id="id_answer-info" class="govuk-hint govuk-character-count__message">
            You can enter up to 2,000 characters
          </div>
        </div>""",
    )


def test_radios():
    widget = forms.RadioSelect({"class": "govuk-radios--inline"})
    widget.hints = {1: "Once a term."}
    field = forms.TypedChoiceField(
        label="How often?", choices=[(1, "Seldom"), (2, "Often")], widget=widget
    )
    assertHTMLEqual(
        drawn(field, {"answer": "2"}),
        """
        <div class="govuk-form-group">
          <fieldset class="govuk-fieldset">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">How often?</legend>
            <div class="govuk-radios govuk-radios--inline" data-module="govuk-radios">
              <div class="govuk-radios__item">
                <input class="govuk-radios__input" type="radio" id="id_answer_0" name="answer"
                  value="1" aria-describedby="id_answer_0_hint">
                <label class="govuk-label govuk-radios__label" for="id_answer_0">Seldom</label>
                <div id="id_answer_0_hint" class="govuk-hint govuk-radios__hint">Once a term.</div>
              </div>
              <div class="govuk-radios__item">
                <input class="govuk-radios__input" type="radio" id="id_answer_1" name="answer"
                  value="2" checked>
                <label class="govuk-label govuk-radios__label" for="id_answer_1">Often</label>
              </div>
            </div>
          </fieldset>
        </div>""",
    )


def test_checkboxes_with_an_error():
    field = forms.MultipleChoiceField(
        label="Strands",
        help_text="Select all that apply.",
        choices=[("t", "Teachers")],
        widget=forms.CheckboxSelectMultiple,
    )
    assertHTMLEqual(
        drawn(field, {}),
        """
        <div class="govuk-form-group govuk-form-group--error">
          <fieldset class="govuk-fieldset" aria-describedby="id_answer_helptext id_answer_error">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Strands</legend>
            <div id="id_answer_helptext" class="govuk-hint">Select all that apply.</div>
            <p id="id_answer_error" class="govuk-error-message">
              <span class="govuk-visually-hidden">Error:</span> Select strands
            </p>
            <div class="govuk-checkboxes" data-module="govuk-checkboxes">
              <div class="govuk-checkboxes__item">
                <input class="govuk-checkboxes__input" type="checkbox" id="id_answer_0"
                  name="answer" value="t">
                <label class="govuk-label govuk-checkboxes__label" for="id_answer_0">
                  Teachers
                </label>
              </div>
            </div>
          </fieldset>
        </div>""",
    )


def test_one_checkbox():
    assertHTMLEqual(
        drawn(forms.BooleanField(label="The head agrees", help_text="In writing."), {}),
        """
        <div class="govuk-form-group govuk-form-group--error">
          <p id="id_answer_error" class="govuk-error-message">
            <span class="govuk-visually-hidden">Error:</span> Confirm the head agrees
          </p>
          <div class="govuk-checkboxes" data-module="govuk-checkboxes">
            <div class="govuk-checkboxes__item">
              <input class="govuk-checkboxes__input" type="checkbox" id="id_answer" name="answer"
                aria-describedby="id_answer_helptext id_answer_error">
              <label class="govuk-label govuk-checkboxes__label" for="id_answer">
                The head agrees
              </label>
              <div id="id_answer_helptext" class="govuk-hint govuk-checkboxes__hint">
                In writing.
              </div>
            </div>
          </div>
        </div>""",
    )


def test_a_date_marks_the_box_at_fault():
    typed = {"answer_day": "5", "answer_month": "August", "answer_year": ""}
    assertHTMLEqual(
        drawn(DayMonthYearField(label="Start"), typed),
        """
        <div class="govuk-form-group govuk-form-group--error">
          <fieldset class="govuk-fieldset" role="group" aria-describedby="id_answer_error">
            <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">Start</legend>
            <p id="id_answer_error" class="govuk-error-message">
              <span class="govuk-visually-hidden">Error:</span> Start must include a year
            </p>
            <div class="govuk-date-input" id="id_answer">
              <div class="govuk-date-input__item"><div class="govuk-form-group">
                <label class="govuk-label govuk-date-input__label" for="id_answer_0">Day</label>
                <input class="govuk-input govuk-date-input__input govuk-input--width-2"
                  type="text" inputmode="numeric" id="id_answer_0" name="answer_day" value="5">
              </div></div>
              <div class="govuk-date-input__item"><div class="govuk-form-group">
                <label class="govuk-label govuk-date-input__label" for="id_answer_1">Month</label>
                <input class="govuk-input govuk-date-input__input govuk-input--width-2"
                  type="text" inputmode="numeric" id="id_answer_1" name="answer_month"
                  value="August">
              </div></div>
              <div class="govuk-date-input__item"><div class="govuk-form-group">
                <label class="govuk-label govuk-date-input__label" for="id_answer_2">Year</label>
                <input class="govuk-input govuk-date-input__input govuk-input--width-4
                  govuk-input--error" type="text" inputmode="numeric" id="id_answer_2"
                  name="answer_year">
              </div></div>
            </div>
          </fieldset>
        </div>""",
    )


def test_a_date_shows_its_initial_value():
    html = drawn(DayMonthYearField(initial=datetime.date(2018, 8, 5)))
    assert re.findall(r'value="(\w*)"', html) == ["5", "8", "2018"]


def test_optional_questions_say_so_unless_the_form_is_a_filter():
    def legend(**attributes):
        form = field_form(forms.CharField(label="Town", required=False), **attributes)
        return re.findall(r"<label[^>]*>(.*)</label>", draw("{{ form|crispy }}", form=form))

    assert legend() == ["Town (optional)"]
    assert legend(mark_optional=False) == ["Town"]


@pytest.mark.parametrize(
    "field",
    [
        forms.CharField(),
        forms.EmailField(),
        forms.IntegerField(),
        forms.CharField(widget=forms.PasswordInput(render_value=True)),
        forms.CharField(widget=forms.Textarea, max_length=100),
        forms.CharField(widget=forms.HiddenInput),
        forms.FileField(),
        forms.BooleanField(),
        forms.ChoiceField(choices=[(EVIL, EVIL)]),
        forms.ChoiceField(choices=[(EVIL, EVIL)], widget=forms.RadioSelect),
        forms.MultipleChoiceField(choices=[(EVIL, EVIL)], widget=forms.CheckboxSelectMultiple),
        DayMonthYearField(),
    ],
)
def test_nothing_typed_or_configured_becomes_markup(field):
    field.label = field.help_text = field.widget.attrs["data-x"] = EVIL
    field.widget.hints = {EVIL: EVIL}
    boxes = {f"answer_{part}": EVIL for part in ("day", "month", "year")}
    form = field_form(field, {"answer": EVIL, **boxes})
    html = draw("{% error_summary form %}{{ form|crispy }}", form=form)
    assert "<script" not in html
    assert "alert" in html


def test_fields_one_by_one_and_formsets():
    form = field_form(forms.CharField(label="Title"))
    alone = draw("{{ form.answer|as_crispy_field }}", form=form)
    assertHTMLEqual(alone, draw("{{ form|crispy }}", form=form))

    formset = forms.formset_factory(type(form), extra=2)()
    html = draw("{{ formset|crispy }}", formset=formset)
    assert re.findall(r'<label[^>]* for="([^"]*)"', html) == [
        "id_form-0-answer",
        "id_form-1-answer",
    ]
    assert 'name="form-TOTAL_FORMS"' in html


def test_the_browser_is_told_not_to_judge():
    assert " required" not in drawn(forms.CharField())


# Errors in plain words


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        (forms.CharField(label="Title"), "", "Enter title"),
        (forms.CharField(label="URN"), "", "Enter URN"),
        (forms.CharField(label="Your name:"), "", "Enter your name"),
        (forms.CharField(label="Why?"), "", "Enter an answer to “Why?”"),
        (forms.CharField(error_messages={"required": "Say why"}), "", "Say why"),
        (forms.ChoiceField(label="Phase"), "", "Select phase"),
        (forms.ChoiceField(label="Phase"), "x", "Select phase from the list"),
        (forms.FileField(label="Report"), "", "Choose report"),
        (forms.BooleanField(label="You agree"), "", "Confirm you agree"),
        (forms.IntegerField(label="Pupils"), "many", "Pupils must be a whole number"),
        (forms.FloatField(label="Mean"), "high", "Mean must be a number"),
        (forms.DecimalField(label="Mean"), "high", "Mean must be a number"),
        (forms.IntegerField(label="Pupils", min_value=1), "0", "Pupils must be 1 or more"),
        (forms.IntegerField(label="Pupils", max_value=9), "10", "Pupils must be 9 or less"),
        (forms.CharField(label="{0}", min_length=2), "x", "{0} must be 2 characters or more"),
        (
            forms.EmailField(label="Email"),
            "me",
            "Enter an email address in the correct format, like name@example.org",
        ),
    ],
)
def test_errors_say_what_to_do(field, typed, message):
    assert plain_errors(field_form(field, {"answer": typed})["answer"]) == [message]


# Dates


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("5", "8", "2018"), datetime.date(2018, 8, 5)),
        (("05", "08", "2018"), datetime.date(2018, 8, 5)),
        ((" 5 ", " aug ", " 2018 "), datetime.date(2018, 8, 5)),
        (("1", "Sept.", "2017"), datetime.date(2017, 9, 1)),
        (("31", "DECEMBER", "1999"), datetime.date(1999, 12, 31)),
        (("29", "2", "2020"), datetime.date(2020, 2, 29)),
        (("", "", ""), None),
        ((" ", "", " "), None),
    ],
)
def test_dates_that_are_understood(typed, expected):
    assert DayMonthYearField(required=False).clean(list(typed)) == expected


@pytest.mark.parametrize(
    ("typed", "message", "boxes"),
    [
        (("", "8", "2018"), "Date must include a day", "day"),
        (("5", "", "2018"), "Date must include a month", "month"),
        (("5", "8", ""), "Date must include a year", "year"),
        (("", "", "2018"), "Date must include a day and month", "day month"),
        (("5", "", ""), "Date must include a month and year", "month year"),
        (("", "8", ""), "Date must include a day and year", "day year"),
        (("5", "8", "18"), "Year must include 4 numbers", "year"),
        (("5", "8", "0018"), "Year must include 4 numbers", "year"),
        (("5", "8", "20188"), "Year must include 4 numbers", "year"),
        (("5", "8", "two"), "Year must include 4 numbers", "year"),
        (("5", "13", "2018"), "Date must include a real month", "month"),
        (("5", "0", "2018"), "Date must include a real month", "month"),
        (("5", "ma", "2018"), "Date must include a real month", "month"),
        (("5", "Augustus", "2018"), "Date must include a real month", "month"),
        (("0", "8", "2018"), "Date must be a real date", "day"),
        (("32", "8", "2018"), "Date must be a real date", "day"),
        (("29", "2", "2018"), "Date must be a real date", "day"),
        (("5th", "8", "2018"), "Date must be a real date", "day"),
        (("²", "8", "2018"), "Date must be a real date", "day"),
        (("-5", "8", "2018"), "Date must be a real date", "day"),
    ],
)
def test_dates_that_are_not(typed, message, boxes):
    with pytest.raises(ValidationError) as caught:
        DayMonthYearField().clean(list(typed))
    assert (caught.value.messages, caught.value.code) == ([message], boxes)


def test_a_date_error_names_its_question():
    with pytest.raises(ValidationError, match="Start of the cycle must include a year"):
        DayMonthYearField(label="Start of the cycle").clean(["5", "8", ""])


def test_a_missing_date_is_required_like_any_answer():
    form = field_form(DayMonthYearField(label="Start"), {})
    assert plain_errors(form["answer"]) == ["Enter start"]


def test_a_date_knows_whether_it_changed():
    field = DayMonthYearField()
    first = datetime.date(2018, 8, 5)
    assert not field.has_changed(first, ["5", "8", "2018"])
    assert field.has_changed(first, ["6", "8", "2018"])
    assert field.has_changed(first, ["6", "8", ""])
    assert not field.has_changed(None, ["", "", ""])


# The error summary


class Everything(NoBrowserValidation, forms.Form):
    title = forms.CharField()
    phase = forms.ChoiceField(choices=[("p", "Primary")], widget=forms.RadioSelect)
    strands = forms.MultipleChoiceField(
        choices=[("t", "Teachers")], widget=forms.CheckboxSelectMultiple
    )
    start = DayMonthYearField()
    end = DayMonthYearField()
    agreed = forms.BooleanField()
    token = forms.CharField(widget=forms.HiddenInput)

    def clean(self):
        raise ValidationError("The end is before the start")


def test_the_summary_leads_to_the_first_box_of_each_question():
    form = Everything({"end_day": "5", "end_month": "8"})
    html = draw("{% error_summary form %}{{ form|crispy }}", form=form)
    targets = ["title", "phase_0", "strands_0", "start_0", "end_2", "agreed"]
    assert re.findall(r'<a href="#id_(\w+)"', html) == targets
    assert [html.count(f' id="id_{target}"') for target in targets] == [1] * len(targets)


def test_the_summary_as_html():
    form = field_form(forms.CharField(label="Title"), {})
    form.add_error(None, "Nothing fits")
    assertHTMLEqual(
        draw("{% error_summary form %}", form=form),
        """
        <div class="govuk-error-summary" data-module="govuk-error-summary">
          <div role="alert">
            <h2 class="govuk-error-summary__title">There is a problem</h2>
            <div class="govuk-error-summary__body">
              <ul class="govuk-list govuk-error-summary__list">
                <li>Nothing fits</li>
                <li><a href="#id_answer">Enter title</a></li>
              </ul>
            </div>
          </div>
        </div>""",
    )


def test_no_summary_without_errors():
    unbound = field_form(forms.CharField())
    right = field_form(forms.CharField(), {"answer": "x"})
    source = "{% error_summary unbound right missing %}"
    assert draw(source, unbound=unbound, right=right).strip() == ""


def test_the_summary_of_a_formset():
    single = field_form(forms.CharField(label="Title"))
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-answer": "x"}
    formset = forms.formset_factory(type(single), min_num=2, validate_min=True)(data)
    html = draw("{% error_summary formset %}", formset=formset)
    assert re.findall(r"<li>(.*)</li>", html) == [
        "Please submit at least 2 forms.",
        '<a href="#id_form-1-answer">Enter title</a>',
    ]


# The other components


def test_tag():
    assert draw('{% tag text "teal" %}', text=EVIL) == (
        '<strong class="govuk-tag govuk-tag--teal">'
        "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;</strong>"
    )
    with pytest.raises(ValueError, match="No tag is 'mauve'"):
        draw('{% tag "x" "mauve" %}')


def test_every_colour_of_tag_is_in_the_stylesheet():
    css = (ROOT / "static/vendor/govuk-frontend/govuk-frontend.min.css").read_text("utf-8")
    # Blue is the colour of a tag without one.
    assert [c for c in sorted(TAG_COLOURS) if f".govuk-tag--{c}{{" not in css] == ["blue"]


def test_summary_list():
    rows = [
        {"key": "Question", "value": EVIL, "url": "/edit"},
        {"key": "Pupils", "value": 0},
        {"key": "Baseline", "value": "", "url": "/add", "action": "Add"},
    ]
    assertHTMLEqual(
        draw("{% summary_list rows %}", rows=rows),
        """
        <dl class="govuk-summary-list">
          <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">Question</dt>
            <dd class="govuk-summary-list__value">
              &lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;
            </dd>
            <dd class="govuk-summary-list__actions">
              <a class="govuk-link" href="/edit">Change
                <span class="govuk-visually-hidden"> Question</span></a>
            </dd>
          </div>
          <div class="govuk-summary-list__row govuk-summary-list__row--no-actions">
            <dt class="govuk-summary-list__key">Pupils</dt>
            <dd class="govuk-summary-list__value">0</dd>
          </div>
          <div class="govuk-summary-list__row">
            <dt class="govuk-summary-list__key">Baseline</dt>
            <dd class="govuk-summary-list__value"><span class="secondary">Not given yet</span></dd>
            <dd class="govuk-summary-list__actions">
              <a class="govuk-link" href="/add">Add
                <span class="govuk-visually-hidden"> Baseline</span></a>
            </dd>
          </div>
        </dl>""",
    )


def test_pagination_keeps_the_filters():
    page = Paginator(range(62), 10).get_page(3)
    html = draw('{% pagination page "alliances" %}', path="/?theme=2&theme=3&page=3", page=page)
    assert re.findall(r'href="([^"]*)"', html) == [
        f"?theme=2&amp;theme=3&amp;page={number}" for number in (2, 1, 2, 3, 4, 7, 4)
    ]
    assert html.count('aria-current="page"') == 1
    assert "Showing 21 to 30 of 62 alliances" in html


def test_one_page_needs_no_pagination():
    page = Paginator(range(9), 10).get_page(1)
    assert draw("{% pagination page %}", page=page).strip() == ""


def test_breadcrumbs():
    assertHTMLEqual(
        draw('{% breadcrumbs "Home" "/" "Alliances" "/a" name %}', name=EVIL),
        """
        <nav class="govuk-breadcrumbs govuk-breadcrumbs--collapse-on-mobile"
          aria-label="Breadcrumb">
          <ol class="govuk-breadcrumbs__list">
            <li class="govuk-breadcrumbs__list-item">
              <a class="govuk-breadcrumbs__link" href="/">Home</a></li>
            <li class="govuk-breadcrumbs__list-item">
              <a class="govuk-breadcrumbs__link" href="/a">Alliances</a></li>
            <li class="govuk-breadcrumbs__list-item" aria-current="page">
              &lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;</li>
          </ol>
        </nav>""",
    )


def test_back_link():
    assert draw("{% back_link url %}", url="/?a=1&b=2") == (
        '<nav aria-label="Back"><a class="govuk-back-link" href="/?a=1&amp;b=2">Back</a></nav>'
    )


def test_details_hold_markup_but_escape_values():
    assertHTMLEqual(
        draw('{% details "More" %}<p>{{ evil }}</p>{% enddetails %}', evil=EVIL),
        """
        <details class="govuk-details">
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">More</span>
          </summary>
          <div class="govuk-details__text">
            <p>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;</p>
          </div>
        </details>""",
    )


def test_empty_state():
    assertHTMLEqual(
        draw('{% empty_state "No entries yet" "Write one." "/new" "Add an entry" %}'),
        """
        <div class="empty-state">
          <h2 class="govuk-heading-m">No entries yet</h2>
          <p class="govuk-body">Write one.</p>
          <a class="govuk-button" href="/new" role="button" draggable="false"
            data-module="govuk-button">Add an entry</a>
        </div>""",
    )


def test_figures():
    figures = [
        {"label": "Schools", "value": 1432, "note": "of 22,010"},
        {"label": "Alliances", "value": 62, "url": "/a"},
    ]
    assertHTMLEqual(
        draw("{% figures figures %}", figures=figures),
        """
        <dl class="figures">
          <div class="figures__card">
            <dt class="figures__label">Schools</dt>
            <dd class="figures__value">1,432</dd>
            <dd class="figures__note">of 22,010</dd>
          </div>
          <div class="figures__card">
            <dt class="figures__label"><a class="govuk-link" href="/a">Alliances</a></dt>
            <dd class="figures__value">62</dd>
          </div>
        </dl>""",
    )


@pytest.mark.parametrize(
    ("done", "steps", "percent"), [(0, 8, 0), (3, 8, 38), (9, 8, 100), (0, 0, 0)]
)
def test_progress(done, steps, percent):
    assertHTMLEqual(
        draw('{% progress "Making it" done steps %}', done=done, steps=steps),
        f"""
        <label class="progress">
          <span class="progress__label">Making it</span>
          <progress class="progress__bar" value="{done}" max="{steps}">{percent}%</progress>
          <span class="progress__percent">{percent}%</span>
        </label>""",
    )


def test_task_list():
    tasks = [
        {
            "title": "Baseline",
            "url": "/b",
            "status": "Due",
            "colour": "yellow",
            "hint": "Two.",
        },
        {"title": "Report", "status": "Cannot start yet"},
    ]
    assertHTMLEqual(
        draw("{% task_list tasks %}", tasks=tasks),
        """
        <ul class="govuk-task-list">
          <li class="govuk-task-list__item govuk-task-list__item--with-link">
            <div class="govuk-task-list__name-and-hint">
              <a class="govuk-link govuk-task-list__link" href="/b"
                aria-describedby="task-1-status">Baseline</a>
              <div class="govuk-task-list__hint">Two.</div>
            </div>
            <div class="govuk-task-list__status" id="task-1-status">
              <strong class="govuk-tag govuk-tag--yellow">Due</strong>
            </div>
          </li>
          <li class="govuk-task-list__item">
            <div class="govuk-task-list__name-and-hint"><div>Report</div></div>
            <div class="govuk-task-list__status" id="task-2-status">Cannot start yet</div>
          </li>
        </ul>""",
    )


def test_filter_panel_offers_to_clear_what_is_set():
    form = field_form(forms.CharField(label="Name", required=False), mark_optional=False)
    source = '{% filter_panel form "Filter alliances" %}'
    assert "Clear filters" not in draw(source, path="/a", form=form)
    html = draw(source, path="/a?answer=x", form=form)
    assertInHTML('<a class="govuk-link" href="/a">Clear filters</a>', html)
    assertInHTML('<label class="govuk-label govuk-label--s" for="id_answer">Name</label>', html)


# The frame of every page


@pytest.fixture
def plain_static(settings):
    """The page itself, without a list of hashed names."""
    backend = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": backend}}


def title_of(html):
    return re.search(r"<title>(.*)</title>", html)[1]


def test_title_and_error_title(plain_static):
    page = Template('{% extends "base.html" %}{% block title %}Log a cycle{% endblock %}')
    wrong = field_form(forms.CharField(), {})
    titles = [
        title_of(page.render(Context({"service_name": "Enquiry", "form": form})))
        for form in (None, wrong)
    ]
    assert titles == [
        "Log a cycle \N{EN DASH} Enquiry",
        "Error: Log a cycle \N{EN DASH} Enquiry",
    ]


def test_navigation_and_the_person_signed_in(plain_static):
    class Person:
        is_authenticated = True

        def __str__(self):
            return EVIL

    navigation = [
        {"text": "Home", "url": "/", "current": True},
        {"text": "Alliances", "url": "/a", "current": False},
    ]
    html = render_to_string("base.html", {"user": Person(), "navigation": navigation})
    assert re.findall(r'navigation__link" href="([^"]*)"', html) == ["/", "/a"]
    assert html.count('aria-current="true"') == 1
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;" in html
    assertInHTML('<button class="link-button">Sign out</button>', html)
    assert "Sign out" not in render_to_string("base.html")


def test_the_one_script_within_pages_is_the_one_that_browsers_may_run():
    """What is data within a page they never run; nothing else is there."""
    scripts = [
        script
        for page in (ROOT / "templates").rglob("*.html")
        for tag, script in re.findall(
            r"<script([^>]*)>(.*?)</script>", page.read_text("utf-8"), re.DOTALL
        )
        if " src=" not in tag and "application/json" not in tag
    ]
    digest = b64encode(sha256(scripts[0].encode()).digest()).decode()
    allowed = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["script-src"]

    assert scripts == 2 * scripts[:1]
    assert allowed == ["'self'", f"'sha256-{digest}'"]


@pytest.mark.parametrize(
    "name", ["403.html", "403_csrf.html", "404.html", "405.html", "429.html", "500.html"]
)
def test_error_pages_need_no_context(plain_static, name):
    html = render_to_string(name)
    assert html.count("<h1") == 1
    assert "{%" not in html


def test_no_template_breaks_the_content_security_policy():
    templates = list((ROOT / "templates").rglob("*.html"))
    offences = re.compile(r'\sstyle=|\son\w+="|<style|javascript:')
    assert templates
    assert [p.name for p in templates if offences.search(p.read_text("utf-8"))] == []


def test_every_element_of_allauth_is_redrawn():
    elements = "templates/allauth/elements"
    theirs, ours = (
        {path.name for path in (root / elements).iterdir()}
        for root in (Path(allauth.__file__).parent, ROOT)
    )
    assert theirs == ours


def test_vendored_files_carry_no_branding_and_all_hash(settings, tmp_path):
    for path in (ROOT / "static/vendor/govuk-frontend").iterdir():
        assert not re.search(
            r"GDS Transport|govuk-crest|/assets/|sourceMappingURL", path.read_text("utf-8")
        )
    settings.STATIC_ROOT = str(tmp_path)
    backend = "whitenoise.storage.CompressedManifestStaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": backend}}
    call_command("collectstatic", verbosity=0, interactive=False)
    assert (tmp_path / "staticfiles.json").exists()
