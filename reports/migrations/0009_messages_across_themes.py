from django.db import migrations
from django.db.models import Max

OVERARCHING = {
    "cross-cutting": "Messages that hold across the themes",
    "national-challenges": "What stood in the way nationally, and what helped",
}
EVERY = {"questions": "Strategic questions"}


def add_parts(apps, _editor):
    """Editions that were begun before have the new parts at the end, to be moved to their place."""
    Passage = apps.get_model("reports", "Passage")
    for edition in apps.get_model("reports", "Edition").objects.all():
        new = (OVERARCHING | EVERY) if edition.kind == "overarching" else EVERY
        last = edition.passages.aggregate(last=Max("position"))["last"] or 0
        for place, (part, heading) in enumerate(new.items(), last + 1):
            Passage.objects.create(edition=edition, position=place, part=part, heading=heading)


class Migration(migrations.Migration):
    dependencies = [("reports", "0008_posters_and_cluster_summaries")]

    operations = [migrations.RunPython(add_parts, migrations.RunPython.noop)]
