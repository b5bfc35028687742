"""Each chart is offered below itself, and each address answers with a file or in plain words."""

import asyncio
import threading
from html.parser import HTMLParser
from urllib.parse import urlencode

import httpx
import pytest
from starlette.applications import Starlette

from dashboard.charts import registry
from dashboard.domain import choices
from dashboard.draw import links
from dashboard.web import downloads
from tests.dashboard.draw.conftest import ASKED, KENT

MOST_BYTES = 620
STARTS = {
    "png": b"\x89PNG",
    "svg": b"<?xml",
    "pdf": b"%PDF",
    "pptx": b"PK",
    "xlsx": b"PK",
    "csv": b"\xef\xbb\xbf",
    "txt": b"Kent",
}


class Client:
    """Asks the routes without a server or a network."""

    async def ask(self, method, path, headers):
        """The answer to one question, inside a loop."""
        app = httpx.ASGITransport(Starlette(routes=downloads.ROUTES))
        async with httpx.AsyncClient(transport=app, base_url="https://dashboard.test") as client:
            return await client.request(method, path, headers=headers)

    def get(self, path, headers=None, method="GET"):
        """The answer to one question."""
        return asyncio.run(self.ask(method, path, headers))


@pytest.fixture
def client():
    return Client()


class Form(HTMLParser):
    """The addresses that a row's buttons lead to."""

    def __init__(self, text):
        """Read a row."""
        super().__init__()
        self.to, self.hidden, self.asked = "", {}, []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Keep where the form leads, what it carries and what can be asked for."""
        given = dict(attrs)
        if tag == "form":
            self.to = given["action"]
        elif tag == "input":
            self.hidden[given["name"]] = given["value"]
        elif tag == "button":
            self.asked.append(given["value"])

    def address(self, form):
        """Where the button of one form of file leads."""
        return f"/{self.to}?{urlencode({**self.hidden, 'as': form})}"


@pytest.mark.parametrize("form", STARTS)
def test_a_file_has_its_form_its_name_and_its_guards(client, form):
    answer = client.get(f"/download/beside.{form}?area={KENT}")
    assert answer.status_code == 200
    assert answer.content.startswith(STARTS[form])
    assert answer.headers["content-type"] == downloads.FORMS[form]
    kept = "inline" if form == "txt" else "attachment"
    name = f"send-kent-ehc-plans-issued-within-20-weeks-in-order.{form}"
    assert answer.headers["content-disposition"] == f'{kept}; filename="{name}"'
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.sample(4)
@pytest.mark.parametrize("name", ASKED)
def test_what_a_page_offers_is_the_chart_it_shows(client, build, name):
    chart, asked = ASKED[name]
    model = registry.build_chart(chart, choices.read_view(build, asked))
    form = Form(links.render_downloads(model, chart))
    said = client.get(form.address("txt")).text
    assert said.startswith(f"{model.title}.\n{model.subtitle}")
    assert f"https://dashboard.test/{model.permalink}" in said
    assert [kind for kind in form.asked if not kind.startswith("all.")] == list(downloads.FORMS)


@pytest.mark.sample(4)
@pytest.mark.parametrize("name", ASKED)
def test_a_row_of_downloads_costs_few_bytes(build, name):
    chart, asked = ASKED[name]
    row = links.render_downloads(
        registry.build_chart(chart, choices.read_view(build, asked)), chart
    )
    assert len(row.encode()) < MOST_BYTES


def test_the_whole_metric_comes_from_the_row_too(client, build):
    form = Form(
        links.render_downloads(
            registry.build_chart("trend", choices.read_view(build, {"area": KENT})), "trend"
        )
    )
    assert {"all.xlsx", "all.csv"} <= set(form.asked)
    answer = client.get(form.address("all.csv"))
    assert answer.text.startswith("\ufeffmetric,title,breakdown")
    assert "every-area.csv" in answer.headers["content-disposition"]


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("nothing.png", 404, "There is no chart called “nothing”"),
        ("trend.exe", 404, "This does not come as “exe”, only as png, svg"),
        ("trend", 404, "without a form"),
        ("whole-metric.png", 404, "only as xlsx, csv"),
        ("trend.png?area=E99999999", 400, "There is no local authority with the code"),
        ("trend.png?metric=none", 400, "There is no metric called"),
        ("beside.png", 404, "cannot be drawn for these choices"),
        (f"trend.png?area={'x' * 3000}", 400, "too long"),
    ],
)
def test_what_is_not_known_is_answered_in_plain_words(client, path, status, said):
    answer = client.get(f"/download/{path}")
    assert answer.status_code == status
    assert said in answer.text
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["positions", "ap-kinds"])
def test_a_chart_of_many_metrics_is_the_area_s_whatever_metric_is_chosen(client, build, name):
    health = next(metric.id for metric in build.metrics.values() if metric.is_nhs)
    said = client.get(f"/download/{name}.txt?area={KENT}&metric={health}").text
    model = registry.build_chart(name, choices.read_view(build, {"area": KENT}))
    assert said.startswith(model.title)


def test_a_metric_of_words_has_no_chart(client, build):
    words = next(metric.id for metric in build.metrics.values() if metric.is_category)
    answer = client.get(f"/download/trend.png?metric={words}")
    assert answer.status_code == 404
    assert "words and not numbers" in answer.text


def test_a_reader_who_has_the_file_is_told_so(client):
    first = client.get(f"/download/trend.csv?area={KENT}")
    again = client.get(
        f"/download/trend.csv?area={KENT}", headers={"if-none-match": first.headers["etag"]}
    )
    assert again.status_code == 304
    assert again.content == b""
    other = client.get("/download/trend.csv", headers={"if-none-match": first.headers["etag"]})
    assert other.status_code == 200


def test_the_address_may_be_given_and_is_never_invented(client, monkeypatch):
    monkeypatch.setenv("SEND_PUBLIC_URL", "https://send.council.test/dashboard/")
    said = client.get(f"/download/trend.txt?area={KENT}").text
    assert "https://send.council.test/dashboard/metric?area=E10000016" in said


def test_only_reading_is_allowed(client):
    assert client.get("/download/trend.png", method="POST").status_code == 405


def test_one_reader_too_many_is_asked_to_come_again(client):
    may_go_on = threading.Event()

    def make():
        may_go_on.wait(60)
        return "", b""

    async def crowd():
        most = downloads.AT_ONCE + downloads.MOST_WAITING
        readers = [asyncio.create_task(downloads.make_in_turn(make)) for _ in range(most)]
        limiter = downloads.WORKERS.get_limiter()
        while limiter.statistics().tasks_waiting < downloads.MOST_WAITING:
            await asyncio.sleep(0.01)
        refused = await client.ask("GET", "/download/trend.csv", None)
        may_go_on.set()
        await asyncio.gather(*readers)
        return refused, await client.ask("GET", "/download/trend.csv", None)

    refused, later = asyncio.run(crowd())
    assert refused.status_code == 503
    assert "try again" in refused.text
    assert later.status_code == 200


def test_without_a_build_it_says_so(client, monkeypatch):
    monkeypatch.setattr(downloads.served, "find_current_build", lambda: None)
    answer = client.get("/download/trend.csv")
    assert answer.status_code == 503
    assert "no build has been published" in answer.text


def test_a_failure_gives_the_turn_back():
    async def fail():
        for _ in range(downloads.AT_ONCE + 1):
            with pytest.raises(ZeroDivisionError):
                await downloads.make_in_turn(lambda: 1 / 0)
        return downloads.WORKERS.get_limiter().statistics()

    left = asyncio.run(fail())
    assert (left.borrowed_tokens, left.tasks_waiting) == (0, 0)
