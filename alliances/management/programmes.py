from django.core.management.base import CommandError

from alliances.models import Programme


def programme_meant(title: str | None) -> Programme:
    """The programme of that title; without one, the only programme there is."""
    programmes = Programme.objects.filter(**({"title": title} if title else {}))
    if len(programmes) != 1:
        raise CommandError("Import a programme first, or name the one meant with --programme.")
    return programmes[0]
