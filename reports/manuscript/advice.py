"""What a writer is told about their words. Nothing of it keeps anybody from saving."""

from reports.builders.shelf import Shelf
from reports.manuscript.marks import marks_in, paragraphs, with_figures

# How many words read well in each part, from and to: some four to six printed pages in all.
READS_WELL = {
    "title": (5, 15),
    "summary": (80, 200),
    "context": (150, 350),
    "implementation": (150, 400),
    "innovation": (250, 600),
    "impact": (250, 700),
    "leadership": (100, 350),
    "challenges": (80, 300),
    "sharing": (80, 250),
}
# Stands before what was taken from the log, until its writer takes it away.
LOGGED = "Logged, to be put into our own words:"


def advice_on(name: str, text: str, shelf: Shelf) -> list[str]:
    """What there is to say of a part's words: their number, and what has to be mended."""
    if not text.strip():
        return []
    least, most = READS_WELL[name]
    count = len(text.split())
    told = "1 word" if count == 1 else f"{count} words"
    return [f"{told} so far; {least} to {most} read well.", *faults_in(text, shelf)]


def faults_in(text: str, shelf: Shelf) -> list[str]:
    """What has to be mended before anybody else reads a text."""
    faults = [f"[{mark}] names nothing that is there." for mark in unknown(text, shelf)]
    few = shelf.withheld()
    faults += [
        f"A figure stands beside [{mark}]. Figures of it that rest on few people are withheld: "
        "make sure that this is none of them."
        for mark in with_figures(text)
        if mark in few
    ]
    if is_logged(text):
        faults.append("It still holds what was logged. Put it into your own words.")
    return faults


def unknown(text: str, shelf: Shelf) -> list[str]:
    """Marks that name nothing."""
    return [mark for mark in marks_in(text) if mark not in shelf.marks]


def is_logged(text: str) -> bool:
    """Whether a text still begins, somewhere, with what was taken from the log."""
    return LOGGED in paragraphs(text)
