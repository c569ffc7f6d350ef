"""What every answer tells the browser, whether it is a page, a file, a redirect or an error.

The policy of pages is a setting. A file that we hand out gets a policy of its own: opened by itself
it may load nothing and run nothing, whatever is in it.
"""

from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse

# What no page of ours asks a browser for.
PERMISSIONS = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
PERMISSIONS_POLICY = ", ".join(f"{each}=()" for each in PERMISSIONS)

# Browsers show their own viewer for a PDF in a page that a sandbox would leave blank.
PDF, PAGE = "application/pdf", "text/html"
OF_FILES = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
OF_DOWNLOADS = f"{OF_FILES}; sandbox"

STORED_NOWHERE = "private, no-store"
# The browser of the writer alone keeps it, to give their words back when they press Back.
OF_A_WRITER = "private, no-cache"
FORGOTTEN = '"cache"'


class Headers:
    """Adds what an answer does not say itself."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        kept = OF_A_WRITER if getattr(request, "is_written_on", False) else STORED_NOWHERE
        response.headers.setdefault("Cache-Control", kept)
        if _has_signed_out(request):
            response.headers["Clear-Site-Data"] = FORGOTTEN
        return response


def _has_signed_out(request: HttpRequest) -> bool:
    """Whoever sits down at the computer next must find nothing under Back."""
    page = request.resolver_match
    return request.method == "POST" and page is not None and page.url_name == "account_logout"


class Policy(CSPMiddleware):
    """The policy of pages, or that of files."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if policy := _policy_of_file(response):
            response.headers["Content-Security-Policy"] = policy
        return super().process_response(request, response)


def _policy_of_file(response: HttpResponse) -> str:
    """An empty string for a page."""
    kind = response.headers.get("Content-Type", PAGE).partition(";")[0]
    if kind == PAGE:
        return ""
    is_shown = not response.headers.get("Content-Disposition", "").startswith("attachment")
    return OF_FILES if kind == PDF and is_shown else OF_DOWNLOADS
