"""In which language a page speaks: its reader's choice, kept in a cookie. See docs/translating.md.

A translated template is the same one in other words and stands in a folder named by its language;
what has not been translated yet is shown in English.
"""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import Origin
from django.template.loaders import cached, filesystem
from django.utils import translation
from django.utils.cache import patch_vary_headers

from alliances.content import spoken

LOADERS = [
    "config.languages.Translated",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]


class Spoken:
    """Middleware: everything that answers a request speaks the language of its cookie."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        offered = dict(settings.LANGUAGES)
        with translation.override(asked if asked in offered else settings.LANGUAGE_CODE):
            response = self.get_response(request)
        if len(offered) > 1:
            patch_vary_headers(response, ["Cookie"])
        return response


class Translated(filesystem.Loader):
    """Finds the template in the folder of the language that is spoken; none in English."""

    def get_template_sources(self, template_name: str) -> Iterator[Origin]:
        if language := spoken():
            yield from super().get_template_sources(f"{language}/{template_name}")


class KeptByLanguage(cached.Loader):
    """Looks for a translation first, and keeps what it has found apart for each language."""

    def __init__(self, engine):
        super().__init__(engine, LOADERS)

    def cache_key(self, template_name: str, skip: list[Origin] | None = None) -> str:
        return f"{spoken()}/{super().cache_key(template_name, skip)}"
