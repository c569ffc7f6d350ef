"""`./run bench reports`: a large report set section by section, beside others that set it whole."""

import argparse
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import suppress
from dataclasses import asdict
from multiprocessing import get_context

from config.processes import say

SIZE = 98
PROCESSES = 2
# Beyond this, one document takes minutes and gigabytes.
LARGEST_WHOLE = 200
MEGABYTE = 1024
TIMES = 7
# How many reports a worker makes before it is replaced, and after how many it is warm.
REPORTS, WARM = 200, 20
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg"/>'


def main(arguments: list[str]) -> None:
    """Print seconds, ratios and memory."""
    parser = argparse.ArgumentParser(prog="./run bench reports")
    parser.add_argument("--size", type=int, default=SIZE, metavar="ALLIANCES")
    size = parser.parse_args(arguments).size
    ours = _apart(by_sections, size)
    told = [("set from nothing", "nothing"), ("one alliance changed", "changed")]
    say(f"{size} alliances, {ours['pages']} pages, {PROCESSES} processes")
    for words, key in told:
        say(f"{words}: {ours[key]:.2f} s")
    say(f"joined anew, nothing changed: {ours['joined']:.2f} s")
    say(f"all of this: {ours['processor']:.1f} s of processors")
    say(f"a section: {1000 * ours['printing'] * PROCESSES / size:.0f} ms of one process")
    say(f"most memory: {ours['printer']:.0f} MB printing, {ours['joiner']:.0f} MB joining")
    if size <= LARGEST_WHOLE:
        for name, whole in [("stock WeasyPrint", stock), ("Chromium", chromium)]:
            taken = _apart(whole, size)
            say(
                f"{name}: {taken['seconds']:.2f} s, {taken['memory']:.0f} MB, "
                f"{taken['processor']:.1f} s of processors"
            )
            for words, key in told:
                say(f"  {words}, of that: {ours[key] / taken['seconds']:.3f}")
    say(f"a case study, in a process that is warm: {_apart(case_study, size)['seconds']:.2f} s")
    kept = _apart(many, size)
    say(f"memory kept after {WARM} reports: {kept['warm']:.0f} MB, {REPORTS}: {kept['end']:.0f} MB")


def _apart(step: Callable[[int], dict], size: int) -> dict:
    """What a step took, in a process of its own, so that its memory is its own."""
    with ProcessPoolExecutor(1, get_context("spawn"), _ready) as pool:
        return pool.submit(_reckoned, step, size).result()


def _reckoned(step: Callable[[int], dict], size: int) -> dict:
    """What a step took, and the seconds of all processors that it and its processes had.

    These alone can be compared where others use the machine at the same time.
    """
    told = step(size)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return told | {"processor": sum(each.ru_utime + each.ru_stime for each in used)}


def _ready() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()


def _ready_to_print() -> None:
    _ready()
    from reports import rendering

    rendering.prime()


# ---- content -------------------------------------------------------------------------------


def alliance(number: int, word: str = "Cover") -> dict:
    """A made-up case study of about three pages, of the kind's own layout."""
    from reports.charts.values import Chart, ChartRow
    from reports.values import CaseStudy, CycleAccount, MeasureLine, MeasureTable, Pair, TrialNote

    said = "Teachers planned in threes, taught, watched pupils learn, and changed the next lesson. "
    silent = dict.fromkeys(CaseStudy.__dataclass_fields__, "")
    empty = {
        name: []
        for name, field in CaseStudy.__dataclass_fields__.items()
        if str(field.type).startswith("list")
    }
    note = TrialNote("5 March 2026", "Questions", "Year 7", said, said, "Slow", said)
    cycles = [CycleAccount(f"Year {n}", "a year", "Impact", said * 2, said, [], [note] * 2)
              for n in (1,)]  # fmt: skip
    rows = [ChartRow(f"Question {n}", "Year 7", [40 + n, 50 + n], ["", ""]) for n in range(6)]
    told = {"title": "From baseline to outcome", "sentence": "All rose.", "unit": "per cent"}
    chart = Chart(
        kind="dumbbell", series=["Baseline", "Outcome"], rows=rows, low=0, high=100, **told
    )
    line = dict.fromkeys(MeasureLine.__dataclass_fields__, "") | {
        "categories": [], "moments": [], "readings": [], "who": "Year 7", "baseline": "40%",
        "baseline_when": "2025", "outcome": "52%", "outcome_when": "2026", "change": "+12",
        "n": "240", "verdict": "better",
    }  # fmt: skip
    lines = [MeasureLine(**(line | {"id": n, "name": f"Test {n}"})) for n in range(6)]
    return asdict(
        CaseStudy(
            **silent
            | empty
            | {
                "service": "Alliance Enquiry",
                "agency": "National College",
                "programme": "Themes project",
                "alliance": f"Alliance {number}",
                "title": f"Enquiry {number}",
                "context": said * 3,
                "focus": said,
                "aims": [said, said],
                "cycles": cycles,
                "charts": [chart],
                "measures": [MeasureTable("pupil", "Pupils", lines)],
                "leadership": [Pair("Trust", said)] * 2,
                "challenges": [Pair(word, said)] * 2,
                "next_steps": [said],
                "threshold": 6,
            }
        )
    )


def section(number: int, word: str = "Cover") -> str:
    """An alliance as a section: its case study without contents, a level lower."""
    from reports.rendering import body_html

    body = body_html("case-study", alliance(number, word))
    body = body.partition("</nav>")[2].replace('id="', f'id="a{number}-')
    body = body.replace('labelledby="', f'labelledby="a{number}-')
    for level in (3, 2):
        body = body.replace(f"<h{level}", f"<h{level + 1}").replace(
            f"</h{level}", f"</h{level + 1}"
        )
    return f'<section class="doc-section" id="a{number}"><h2>Alliance {number}</h2>{body}</section>'


def page(body: str, name: str) -> str:
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{name}</title>'
        f"</head><body>{body}</body></html>"
    )


def contents(size: int, starts: dict[str, int] | None = None) -> str:
    """A cover and the contents, with their page numbers where these are known."""

    def place(key: str) -> str:
        return f'data-number="{starts[key]}"' if starts else f'data-page="#{key}"'

    lines = "".join(
        f'<li {place(f"a{n}")}><span>{n}</span> <a href="#a{n}">Alliance {n}</a></li>'
        for n in range(size)
    )
    return (
        '<header class="cover"><h1>Report</h1></header><nav class="doc-contents">'
        f"<h2>Contents</h2><ol>{lines}</ol></nav>"
    )


def whole(size: int) -> str:
    body = "".join(section(number) for number in range(size))
    return page(f'{contents(size)}<main class="doc">{body}</main>', "Report")


# ---- ours ----------------------------------------------------------------------------------


def by_sections(size: int) -> dict:
    """Seconds from nothing, after one change and of joining alone; megabytes of each process."""
    told = {}
    with ProcessPoolExecutor(PROCESSES, get_context("spawn"), _ready_to_print) as pool:
        list(pool.map(time.sleep, [1.0] * PROCESSES))
        start = time.perf_counter()
        printed = _printed(pool, [(n, section(n)) for n in range(size)])
        told["printing"] = time.perf_counter() - start
        told["pages"] = _joined(printed)
        told["nothing"] = time.perf_counter() - start
        start = time.perf_counter()
        printed |= _printed(pool, [(size // 2, section(size // 2, "Time"))])
        _joined(printed)
        told["changed"] = time.perf_counter() - start
        start = time.perf_counter()
        _joined(printed)
        told["joined"] = time.perf_counter() - start
        told["printer"] = max(pool.map(_peak, range(PROCESSES * 4)))
    return told | {"joiner": _peak()}


def _printed(pool: Executor, sections: list[tuple[int, str]]) -> dict:
    return dict(zip([n for n, _ in sections], pool.map(_print, sections), strict=True))


def _print(numbered: tuple[int, str]) -> tuple[bytes, int]:
    from reports.rendering import print_sheet

    number, html = numbered
    main = page(f'<main class="doc doc--part">{html}</main>', f"Alliance {number}")
    pdf = print_sheet(f"a{number}", main)
    return pdf.content, pdf.pages


def _joined(printed: dict) -> int:
    """Print the front, join, and look at the file as before it is handed out; how many pages."""
    from reports.rendering import gate, press
    from reports.rendering.joining import Part, Running, join, settled

    running = Running("Report", "National College")

    def front(starts: dict[str, int]) -> tuple[bytes, int]:
        body = f'<div class="doc doc--part">{contents(len(printed), starts)}</div>'
        html = page(body, "Report")
        return press().print_document(html, {"cover.svg": PICTURE}, bytes(16), "front")

    lengths = {f"a{n}": pages for n, (_, pages) in printed.items()}
    first, pages = settled(front, lengths)
    parts = [Part(f"a{n}", f"Alliance {n}", content) for n, (content, _) in printed.items()]
    if found := gate.problems(first) + gate.problems_of_joining(join(first, parts, running)):
        raise AssertionError(found)
    return pages + sum(lengths.values())


def case_study(_size: int) -> dict:
    """The middle of several, once style and fonts are read."""
    from reports.rendering import prime, render_checked_pdf

    prime()
    taken = []
    for number in range(TIMES):
        start = time.perf_counter()
        render_checked_pdf("case-study", alliance(number))
        taken.append(time.perf_counter() - start)
    return {"seconds": statistics.median(taken)}


def many(_size: int) -> dict:
    """Megabytes that a worker holds once it is warm, and after as many reports as it ever makes."""
    import psutil

    from reports.rendering import prime, render_checked_pdf

    prime()
    told = {}
    for number in range(1, REPORTS + 1):
        render_checked_pdf("case-study", alliance(number))
        if number in (WARM, REPORTS):
            told["end"] = psutil.Process().memory_info().rss / MEGABYTE**2
            told.setdefault("warm", told["end"])
    return told


# ---- others --------------------------------------------------------------------------------


def stock(size: int) -> dict:
    """One document of the library as it comes, with the same style."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    from reports.rendering.fingerprint import ASSETS
    from reports.rendering.printer import Shelf, style

    html = whole(size)
    files = {f"fonts/{path.name}": path.read_bytes() for path in ASSETS.glob("fonts/*.ttf")}
    shelf = Shelf(files | {"cover.svg": PICTURE})
    start = time.perf_counter()
    fonts = FontConfiguration()
    sheet = CSS(string=style(), url_fetcher=shelf, font_config=fonts)
    document = HTML(string=html, url_fetcher=shelf)
    document.write_pdf(font_config=fonts, stylesheets=[sheet], pdf_variant="pdf/ua-1")
    return {"seconds": time.perf_counter() - start, "memory": _peak()}


def chromium(size: int) -> dict:
    """The same page in a browser that is up already, tagged and with an outline."""
    from playwright.sync_api import sync_playwright

    from reports.rendering.printer import style

    html = whole(size).replace("</head>", f"<style>{style()}</style></head>")
    with sync_playwright() as playwright:
        path = os.environ["CHROMIUM"]
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        tab = browser.new_page()
        start = time.perf_counter()
        tab.set_content(html)
        tab.pdf(tagged=True, outline=True, prefer_css_page_size=True)
        seconds = time.perf_counter() - start
        memory = _memory_of_children()
        browser.close()
    return {"seconds": seconds, "memory": memory}


def _peak(_again: int = 0) -> float:
    """The most megabytes that this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE


def _memory_of_children() -> float:
    """Megabytes of those that are still there."""
    import psutil

    total = 0
    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            total += child.memory_full_info().pss
    return total / MEGABYTE**2


if __name__ == "__main__":
    main(sys.argv[2:])
