"""The front page in a browser: it works, asks nobody else, and runs nothing that is not its own."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from reading import ATTACKS, graph_of_pages
from serving import serving

By = pytest.importorskip("selenium.webdriver.common.by").By
Keys = pytest.importorskip("selenium.webdriver.common.keys").Keys
Wait = pytest.importorskip("selenium.webdriver.support.ui").WebDriverWait

CHROMIUM, CHROMEDRIVER = shutil.which("chromium"), shutil.which("chromedriver")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Nothing but the server under test can be reached, and what is asked of others is seen.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--no-proxy-server",
)
PLUGIN = "editorPage.yasgui.getTab().getYasr().selectPlugin(arguments[0])"
LAYOUT = """
  const table = document.querySelector(".tabPanel.active .yasr_results table");
  const cells = [...table.querySelector("tbody tr").cells];
  const columns = [...table.querySelectorAll("thead th")].map((head, i) => {
    const text = (cell, inner) => {
      const range = document.createRange();
      range.selectNodeContents(cell.querySelector(inner) || cell);
      return range.getBoundingClientRect();
    };
    const [title, value] = [text(head, ".dt-column-title"), text(cells[i], "span")];
    const number = /right|end/.test(getComputedStyle(cells[i]).textAlign);
    return { name: head.textContent, head: head.getBoundingClientRect(), title, value, number };
  });
  const names = (found) => found.map((column) => column.name);
  const filled = columns.filter((column) => column.value.width);
  return [
    names(columns.filter((it) => it.title.right > it.head.right)),
    names(filled.filter((it) => {
      const side = it.number ? "right" : "left";
      return Math.abs(it.title[side] - it.value[side]) > 2;
    })),
    names(filled.filter((it, i) => {
      const before = filled[i - 1];
      return before && before.number && it.value.left - before.value.right < 8;
    })),
  ];"""
"""Columns whose headings are cut, are not over their cells, or whose cells touch the number before them."""
QUERY = "return editorPage.yasgui.getTab().getYasqe().getValue()"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the graph."""
    folder = graph_of_pages().save(tmp_path_factory.mktemp("browsed"))
    with serving(folder, "--workers", 2) as served:
        yield served.address


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Chromium with nothing in its memory."""
    webdriver = pytest.importorskip("selenium.webdriver")
    if CHROMIUM is None or CHROMEDRIVER is None:
        pytest.skip("needs chromium and chromedriver")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    started = webdriver.Chrome(options=options, service=webdriver.ChromeService(CHROMEDRIVER))
    yield started
    started.quit()


@pytest.fixture
def open_(address: str, browser: Any) -> Callable[..., Any]:
    """Opens the front page anew, as somebody who was never there, and waits for an answer in the table."""

    def open_(path: str = "/", width: int = 1200, scheme: str = "light", answered: bool = True) -> Any:
        screen = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
        media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        browser.get(f"{address}/static/third-party.md")
        browser.execute_script("localStorage.clear()")
        browser.get("about:blank")
        browser.get_log("performance")
        browser.get_log("browser")
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", screen)
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
        browser.get(address + path)
        wait(browser, "return document.documentElement.dataset.ready === 'true'")
        if answered:
            wait(
                browser, "return document.querySelector('.tabPanel.active .yasr_results').children.length > 0"
            )
        return browser

    return open_


def wait(browser: Any, script: str) -> None:
    """Until a script says yes."""
    Wait(browser, 20).until(lambda page: page.execute_script(script))


def rows(browser: Any) -> list[str]:
    return [
        row.text for row in browser.find_elements(By.CSS_SELECTOR, ".tabPanel.active .yasr_results tbody tr")
    ]


def complaints(browser: Any) -> list[str]:
    return [entry["message"] for entry in browser.get_log("browser")]


def requests(browser: Any) -> list[str]:
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    urls = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    return [url for url in urls if not url.startswith(("data:", "blob:", "chrome:"))]


def share(query: str, **more: str) -> str:
    """The address of a shared query."""
    return "/#" + "&".join(
        f"{name}={quote(value, safe='')}" for name, value in {"query": query, **more}.items()
    )


def type_query(browser: Any, query: str) -> None:
    browser.execute_script("editorPage.yasgui.getTab().getYasqe().setValue(arguments[0])", query)


def test_it_opens_with_an_answer_and_asks_nobody_else(open_: Callable[..., Any], address: str) -> None:
    browser = open_()
    assert any("Gamma" in row for row in rows(browser))
    browser.execute_script(PLUGIN, "response")
    type_query(browser, "SELECT * { ?model kg:")
    editor = browser.execute_script("return editorPage.yasgui.getTab().getYasqe().getInputField()")
    browser.execute_script("const q = editorPage.yasgui.getTab().getYasqe(); q.focus(); q.setCursor(0, 99)")
    editor.send_keys(Keys.CONTROL, Keys.SPACE)
    time.sleep(0.5)
    asked = requests(browser)
    assert asked and all(url.startswith(address + "/") for url in asked), asked
    assert complaints(browser) == []


def test_the_editor_completes_the_terms_of_the_graph_and_declares_their_prefixes(
    open_: Callable[..., Any],
) -> None:
    browser = open_()
    type_query(browser, "SELECT * { ?model ")
    browser.execute_script("const q = editorPage.yasgui.getTab().getYasqe(); q.focus(); q.setCursor(0, 99)")
    browser.switch_to.active_element.send_keys("fair4ml:tr")
    wait(browser, f"{QUERY}.includes('PREFIX fair4ml: <https://w3id.org/fair4ml#>')")
    browser.switch_to.active_element.send_keys(Keys.CONTROL, Keys.SPACE)
    hints = "return [...document.querySelectorAll('.CodeMirror-hint')].map((hint) => hint.innerText)"
    wait(browser, f"{hints}.length > 0")
    assert "fair4ml:trainedOn" in browser.execute_script(hints)


def test_one_click_loads_an_example_and_leaves_what_was_typed(open_: Callable[..., Any]) -> None:
    browser = open_()
    type_query(browser, "# mine\nSELECT * { ?a kg:basedOn ?b }")
    browser.find_element(By.CSS_SELECTOR, "[data-example=dependents]").click()
    wait(
        browser,
        "return document.querySelector('.tabPanel.active .yasr_results tbody')?.innerText.includes('Gamma')",
    )
    assert "kg:dependsOn+" in browser.execute_script(QUERY)
    tabs = browser.find_elements(By.CSS_SELECTOR, ".tabsList [role=tab]")
    tabs[0].click()
    assert browser.execute_script(QUERY).startswith("# mine")


def test_an_answer_is_drawn_as_a_graph(open_: Callable[..., Any]) -> None:
    browser = open_("/?example=dependents")
    browser.execute_script(PLUGIN, "graph")
    wait(browser, "return !!document.querySelector('.drawing canvas')")
    drawing = browser.find_element(By.CSS_SELECTOR, ".drawing")
    # Alphanet, Betanet and Gammanet depend on Gamma.
    assert drawing.get_attribute("aria-label").startswith("4 things, 3 joints")
    assert complaints(browser) == []


def test_the_triples_of_a_construct_are_drawn_with_their_names(open_: Callable[..., Any]) -> None:
    query = "CONSTRUCT { ?a kg:basedOn ?b . ?b rdfs:label ?l } WHERE { ?a kg:basedOn ?b . ?b rdfs:label ?l }"
    browser = open_(share(query, outputFormat="graph"))
    wait(browser, "return !!document.querySelector('.drawing canvas')")
    found = "const found = drawable(editorPage.yasgui.getTab().getYasr().results);"
    assert browser.execute_script(f"{found} return [found.edges.length, [...found.names.values()]]") == [
        1,
        ["Alphanet"],
    ]
    assert "Turtle" in browser.find_element(By.ID, "download").text


def test_what_cannot_be_drawn_is_not_offered_as_a_graph(open_: Callable[..., Any]) -> None:
    browser = open_()
    assert browser.find_element(By.CSS_SELECTOR, ".select_graph").get_attribute("aria-disabled") == "true"


def test_a_shared_link_opens_the_query_and_runs_it_here_whatever_it_says(
    open_: Callable[..., Any], address: str
) -> None:
    query = "SELECT ?label { dataset:gamma rdfs:label ?label }"
    more = {
        "endpoint": "https://elsewhere.example/sparql",
        "headers": '{"X":"1"}',
        "outputSettings": "{no json",
    }
    browser = open_(share(query, tabTitle="Mine", **more))
    assert (browser.execute_script(QUERY), rows(browser)) == (query, ["Gamma"])
    asked = requests(browser)
    assert all(url.startswith(address + "/") for url in asked), asked
    shared = browser.execute_script("return editorPage.yasgui.getTab().getShareableLink()")
    assert "elsewhere" not in shared and shared.startswith(f"{address}/#query=")
    again = open_(shared.removeprefix(address))
    assert (again.execute_script(QUERY), rows(again)) == (query, ["Gamma"])
    assert "Mine" in again.find_element(By.CSS_SELECTOR, ".tabsList").text
    assert open_("/#query=%E0%A4%A&tabTitle=%").execute_script(QUERY)


def test_a_fault_in_a_query_is_told(open_: Callable[..., Any]) -> None:
    browser = open_(share("SELECT ?x WHERE { ?x a ?y"))
    assert "1 } missing" in browser.find_element(By.CSS_SELECTOR, ".yasr_results").text


def test_the_keyboard_runs_a_query_and_gets_out_of_the_editor(open_: Callable[..., Any]) -> None:
    browser = open_()
    type_query(browser, "SELECT ?label { model:betanet rdfs:label ?label }")
    browser.execute_script("editorPage.yasgui.getTab().getYasqe().focus()")
    browser.switch_to.active_element.send_keys(Keys.CONTROL, Keys.ENTER)
    wait(browser, "return document.querySelector('.yasr_results tbody')?.innerText.trim() === 'Betanet'")
    browser.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert browser.switch_to.active_element.tag_name == "body"


def test_names_link_to_pages_of_this_server(open_: Callable[..., Any], address: str) -> None:
    browser = open_(share("SELECT ?a ?b { ?a fair4ml:trainedOn ?b } ORDER BY ?a"))
    links = browser.find_elements(By.CSS_SELECTOR, ".yasr_results a.iri")
    found = {link.text: link.get_attribute("href") for link in links}
    assert found["model:alphanet"] == f"{address}/id/model/alphanet"
    assert found["http://example.org/model/gammanet"] == "http://example.org/model/gammanet"


@pytest.mark.parametrize("plugin", ["table", "graph", "response"])
def test_hostile_texts_run_nothing(open_: Callable[..., Any], plugin: str) -> None:
    values = " ".join(json.dumps(attack.replace("\x00", "")) for attack in ATTACKS)
    bad = "<javascript:alert(1)> <http://x/'onmouseover='alert(1)> <data:text/html,x>"
    query = (
        f"""SELECT ?a ?aName ?b {{ VALUES ?aName {{ {values} }} VALUES ?a {{ {bad} }} BIND(<b:b> AS ?b) }}"""
    )
    browser = open_(share(query))
    browser.execute_script("window.alert = () => { window.ran = true }")
    browser.execute_script(PLUGIN, plugin)
    time.sleep(0.5)
    results = browser.find_element(By.CSS_SELECTOR, ".yasr_results")
    assert ATTACKS[0] in results.text or plugin == "graph"
    assert results.find_elements(By.CSS_SELECTOR, "img, iframe, [onerror], [onmouseover]") == []
    links = [link.get_attribute("href") or "" for link in results.find_elements(By.TAG_NAME, "a")]
    assert not [link for link in links if link.startswith(("javascript", "data"))]
    assert browser.execute_script("return window.ran || false") is False
    assert complaints(browser) == []


def test_the_whole_answer_can_be_saved_in_any_format(open_: Callable[..., Any]) -> None:
    browser = open_(share("SELECT ?label { dataset:gamma rdfs:label ?label }", tabTitle="My answer"))
    browser.execute_script(
        "HTMLAnchorElement.prototype.click = function () { window.saved.unshift(this.download) };"
        "URL.createObjectURL = (blob) => { blob.text().then((text) => window.saved.push(text)); return '' };"
        "window.saved = []"
    )
    buttons = browser.find_elements(By.CSS_SELECTOR, "#download button")
    assert [button.text for button in buttons] == ["CSV", "TSV", "JSON", "XML"]
    browser.execute_script("arguments[0].click()", buttons[1])
    wait(browser, "return window.saved.length === 2")
    assert browser.execute_script("return window.saved") == ["My-answer.tsv", '?label\n"Gamma"\n']


def test_a_download_goes_past_the_limit_that_the_page_set(open_: Callable[..., Any]) -> None:
    browser = open_("/?example=evidence")
    browser.execute_script(
        "window.fetch = (address, options) => { window.sent = options.body.get('query');"
        " return Promise.reject(new Error('not sent')) }"
    )
    browser.execute_script("document.querySelector('#download button').click()")
    wait(browser, "return window.sent !== undefined")
    assert "\nLIMIT 1000 # rows shown here" in browser.execute_script(QUERY)
    assert "LIMIT" not in browser.execute_script("return window.sent")
    # A limit that somebody wrote is part of the question.
    type_query(browser, "SELECT * { ?s ?p ?o }\nLIMIT 3")
    browser.execute_script("delete window.sent; document.querySelector('#download button').click()")
    wait(browser, "return window.sent !== undefined")
    assert browser.execute_script("return window.sent").endswith("LIMIT 3")


@pytest.mark.parametrize("width", [400, 1280])
def test_headings_of_the_table_are_whole_and_stand_over_their_cells(
    open_: Callable[..., Any], width: int
) -> None:
    browser = open_("/?example=leaderboard&dataset=Gamma", width=width)
    wait(browser, "return document.querySelectorAll('.tabPanel.active .yasr_results tbody td').length > 5")
    cut, shifted, close = browser.execute_script(LAYOUT)
    assert (cut, shifted, close) == ([], [], [])
    # The last column can be reached: the answer scrolls, and the page does not.
    assert browser.execute_script("""
      const results = document.querySelector(".tabPanel.active .yasr_results");
      results.scrollLeft = 1e6;
      const last = [...results.querySelectorAll("thead th")].at(-1).getBoundingClientRect();
      const page = document.documentElement;
      return last.right <= results.getBoundingClientRect().right + 1
        && page.scrollWidth <= page.clientWidth""")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1920])
def test_it_fits_the_window_and_follows_the_colour_scheme(
    open_: Callable[..., Any], width: int, scheme: str
) -> None:
    browser = open_(width=width, scheme=scheme)
    size = "const page = document.documentElement; return page.scrollWidth <= page.clientWidth"
    assert browser.execute_script(size)
    for selector in ("body", ".CodeMirror"):
        script = (
            "return getComputedStyle(document.querySelector(arguments[0])).backgroundColor.match(/\\d+/)[0]"
        )
        assert (int(browser.execute_script(script, selector)) > 200) == (scheme == "light")


def test_controls_have_names(open_: Callable[..., Any]) -> None:
    browser = open_()
    nameless = """return [...document.querySelectorAll("button, a[href], input, select, textarea")]
      .filter((it) =>
      it.offsetParent && !it.textContent.trim() && !it.getAttribute("aria-label") && !it.title
      && !(it.labels && it.labels.length)).map((it) => it.outerHTML)"""
    assert browser.execute_script(nameless) == []
