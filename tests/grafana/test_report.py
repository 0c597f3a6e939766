"""`report` on marts that the commands built, opened in Chromium; screenshots are kept in .artifacts."""

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from job.config import ROOT
from tests.commands.conftest import Ended, in_a_process
from tests.conftest import REAL_DAY
from tests.grafana.conftest import REAL_RANGE, SIMULATED_RANGE
from tests.grafana.dashboards import DASHBOARDS, dashboard

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
HOSTILE = "</script><script>console.error(1)</script><img src=x onerror=console.error(2)>"
ADD_FAILURE = """
insert into raw.runs (command, status, finished_at, code_version, error) values ('score', 'failed', now(), 'x', %s)
"""
# Loads the page at a width of its own (Chromium's window is never as narrow as a phone) and measures it. Lists the
# texts that are cut off, those of charts that overlap or leave their panel, and the tables that gave up their columns.
MEASURED = """<!doctype html><body style="margin:0"><iframe src="{page}" style="width:{width}px;height:9000px;border:0"
onload="const inside = this.contentDocument, cut = at => at.scrollWidth > at.clientWidth;
const all = selector => [...inside.querySelectorAll(selector)];
document.body.dataset.width = inside.documentElement.scrollWidth;
document.body.dataset.cells = all('td').length;
document.body.dataset.cut = all('td, th, .scroll, .value, .none, h3').filter(cut).map(at => at.textContent).join('|');
const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
  && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
const clashes = [];
for (const plot of all('.plot')) {{
  const panel = plot.closest('article').getBoundingClientRect();
  const texts = [...plot.querySelectorAll('.xtick text, .ytick text, .xtitle, .annotation-text')]
    .map(at => [at.textContent, at.getBoundingClientRect()]).filter(([, box]) => box.width);
  texts.forEach(([text, box], place) => {{
    if (box.left < panel.left || box.right > panel.right) clashes.push(text);
    for (const [other, its] of texts.slice(place + 1)) if (meet(box, its)) clashes.push(text + '/' + other);
  }});
  document.body.dataset.texts = Number(document.body.dataset.texts || 0) + texts.length;
}}
document.body.dataset.clashes = clashes.join('|');
document.body.dataset.stacked = all('.stacked').map(at => at.closest('article').id).join('|');
"></iframe>"""


@dataclass(frozen=True)
class RenderedPage:
    """A page in Chromium after its scripts have run, and the messages on its console."""

    dom: str
    console: list[str]

    def panel(self, number: str) -> str:
        """The HTML of one panel."""
        (html,) = re.findall(rf'<article[^>]* id="{number}".*?</article>', self.dom, re.DOTALL)
        return html


Browse = Callable[..., RenderedPage]


def report(output: Path, *arguments: str) -> Ended:
    """Write a page; the command must succeed."""
    written = in_a_process("report", "--output", str(output), *arguments)
    assert (written.code, written.messages) == (0, [])
    return written


@pytest.fixture
def browse(tmp_path: Path) -> Browse:
    """Open a file in Chromium, without a network, and take a screenshot."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed: apt-get install chromium")
    (ROOT / ".artifacts").mkdir(exist_ok=True)

    def run(page: Path, picture: str, width: int = 1400, dark: bool = False) -> RenderedPage:
        arguments = [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--enable-logging=stderr",
            "--allow-file-access-from-files", f"--user-data-dir={tmp_path / 'profile'}", f"--window-size={width},5000",
            "--host-resolver-rules=MAP * ~NOTFOUND", f"--blink-settings=preferredColorScheme={int(not dark)}",
            "--virtual-time-budget=15000", "--dump-dom", f"--screenshot={ROOT / '.artifacts' / picture}", str(page),
        ]  # fmt: skip
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=240, check=False)
        assert done.returncode == 0, done.stderr
        return RenderedPage(done.stdout, [line for line in done.stderr.splitlines() if ":CONSOLE" in line])

    return run


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_panel_is_drawn(dark: bool, marts: psycopg.Connection, browse: Browse, tmp_path: Path) -> None:
    """Each has its title and content in the scheme's colours, without console messages or network access."""
    written = report(
        tmp_path / "r.html", "--source", "simulator", "--from", "2026-03-06T00:00Z", "--to", "2026-03-09T00:00Z"
    )
    page = browse(tmp_path / "r.html", f"report-{'dark' if dark else 'light'}.png", dark=dark)
    assert page.console == []
    drawn = 0
    for path in DASHBOARDS:
        board = dashboard(path)
        for panel in board["panels"]:
            html = page.panel(f"{board['uid']}-{panel['id']}")
            assert f"<h3>{panel['title'].replace(chr(39), '&#39;')}</h3>" in html.replace("'", "&#39;")
            if 'class="plot' in html:
                drawn += 1
                assert re.search(r'class="(js-line|point)"|class="(points"><path|hm"><image)', html), panel["title"]
            else:
                assert re.search(r'<td|class="value[^"]*"|class="none"[^>]*>[^<]', html), panel["title"]
    assert drawn > 10
    assert f'data-drawn="{drawn}"' in page.dom
    assert ("rgb(74, 163, 223)" if dark else "rgb(0, 114, 178)") in page.panel("chicago-taxi-rides-7")
    assert "No rides in this range" not in page.panel("chicago-taxi-rides-5") + page.panel("chicago-taxi-rides-6")
    assert written.out.startswith(f"{tmp_path / 'r.html'}: ")


@pytest.mark.parametrize("width", [390, 1400])
def test_nothing_is_cut_off_or_overlaps(width: int, marts: psycopg.Connection, browse: Browse, tmp_path: Path) -> None:
    """This holds on a phone and a desktop, and the desktop keeps all columns of the tables."""
    report(tmp_path / "r.html", "--source", "simulator")
    (tmp_path / "measured.html").write_text(MEASURED.format(page="r.html", width=width))
    page = browse(tmp_path / "measured.html", f"report-{width}.png", width=max(width, 500))
    assert page.console == []
    measured = dict(re.findall(r'data-(\w+)="([^"]*)"', page.dom))
    assert int(measured["cells"]) > 100
    assert int(measured["texts"]) > 100
    assert (measured["width"], measured["cut"], measured["clashes"]) == (str(width), "", "")
    assert bool(measured["stacked"]) == (width == 390)


def test_text_from_data_is_escaped(marts: psycopg.Connection, browse: Browse, tmp_path: Path) -> None:
    """A script in a run's error message is shown and not executed."""
    marts.execute(ADD_FAILURE.encode(), [HOSTILE])
    report(tmp_path / "r.html", "--source", "simulator")
    page = browse(tmp_path / "r.html", "report-hostile.png")
    assert page.console == []
    assert HOSTILE.replace("<", "&lt;").replace(">", "&gt;") in page.panel("chicago-taxi-operations-13")


def test_the_default_range_is_that_of_the_latest_rides(marts: psycopg.Connection, tmp_path: Path) -> None:
    """It is the range of the file that was scored last, or the simulator's newest days."""
    if REAL_DAY.exists():
        (event,) = report(tmp_path / "r.html").named("report.written")
        start, end = datetime.fromisoformat(event["start"]), datetime.fromisoformat(event["end"])
        assert event["source"] == "city"
        assert REAL_RANGE[0] <= start < end <= REAL_RANGE[1] + timedelta(minutes=2)
        assert (end - start) > timedelta(hours=23)
    (event,) = report(tmp_path / "r.html", "--source", "simulator").named("report.written")
    assert (event["source"], event["end"]) == ("simulator", SIMULATED_RANGE[1].isoformat())
    assert event["start"] == SIMULATED_RANGE[0].isoformat()


def test_panels_without_rides_show_a_text(marts: psycopg.Connection, tmp_path: Path) -> None:
    """The text is that of the dashboards, times without an offset are local, and the output says when rides were."""
    empty = report(tmp_path / "r.html", "--source", "simulator", "--from", "2020-01-01", "--to", "2020-01-02")
    (event,) = empty.named("report.written")
    words = "no ride is shown: the rides of the source simulator are from 2026-03-05T18:00 to 2026-03-08T19:00"
    assert empty.out.splitlines()[1:] == [words]
    assert len(report(tmp_path / "newest.html", "--source", "simulator").out.splitlines()) == 1
    assert event["start"] == "2020-01-01T06:00:00+00:00"
    assert (tmp_path / "r.html").read_text().count("No rides in this range") >= 8


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--from", "2026-03-07", "--to", "2026-03-06"], "give a start before its end, at most 366 days"),
        (["--from", "2020-01-01", "--to", "2026-03-06"], "give a start before its end, at most 366 days"),
        (["--from", "yesterday"], "--from 'yesterday' cannot be read"),
        (["--source", "nowhere"], "there is no source nowhere: give --source one of city, simulator"),
    ],
)
def test_an_invalid_range_or_source_is_a_usage_error(
    arguments: list[str], words: str, marts: psycopg.Connection, tmp_path: Path
) -> None:
    """The error is one sentence, and no file is written."""
    refused = in_a_process("report", "--output", str(tmp_path / "r.html"), *arguments)
    assert refused.code == 2
    assert words in refused.error
    assert list(tmp_path.glob("*.html")) == []


def test_only_html_is_written(marts: psycopg.Connection, tmp_path: Path) -> None:
    """Another suffix or a missing folder is an error."""
    assert "name a file that ends in .html" in in_a_process("report", "--output", str(tmp_path / "r.pdf")).error
    assert "cannot be written" in in_a_process("report", "--output", str(tmp_path / "none" / "r.html")).error
