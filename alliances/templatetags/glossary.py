from django import template

from alliances.glossary import explained_in

register = template.Library()


@register.inclusion_tag("components/words_used.html")
def words_used(form):
    """What hard words of a form mean, under the first of its texts: {% words_used form %}."""
    labels = [f"{field.label} {field.help_text}" for field in form.fields.values()]
    return {"entries": explained_in([form.page_title, form.page_intro, *labels])}
