"""Puts down who said that no pupil can be recognised in what they sent, and when."""

from http import HTTPStatus

from alliances import actions
from alliances.pupils import CONFIRMED


class Recorded:
    """Middleware: every form sends the ticks under one name, whichever page it stands on.

    They count once what was sent is taken: then the page leads on. A draft is not handed in.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        taken = request.method == "POST" and response.status_code == HTTPStatus.FOUND
        questions = request.POST.getlist(CONFIRMED) if taken else []
        if questions and request.user.is_authenticated and "draft" not in request.POST:
            actions.confirm_nobody_recognisable(
                page=request.path, questions=questions, by=request.user
            )
        return response
