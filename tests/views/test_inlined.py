"""Scripts and data inside a page: names declared once, and a policy that allows what is there and no more."""

import json
import re
from collections import Counter

import pytest

from kg.views import graph_page
from kg.views.inlined import ASSETS, embedded, filled, plain
from kg.views.site import shell

DECLARED = re.compile(r"^(?:async )?(?:function|class|const|let) (?:(\w+)|\[([^\]]*)\])", flags=re.MULTILINE)

PAGES = {
    "site": shell._SCRIPTS,
    **{
        renderer: tuple(name.format(renderer=renderer) for name in graph_page._SCRIPTS)
        for renderer in graph_page.RENDERERS
    },
}


@pytest.mark.parametrize("page", PAGES)
def test_no_two_scripts_of_a_page_declare_one_name(page: str) -> None:
    declared = Counter(
        name
        for script in PAGES[page]
        for one, several in DECLARED.findall((ASSETS / script).read_text(encoding="utf-8"))
        for name in ([one] if one else several.replace(" ", "").split(","))
    )
    assert {"make", "Search", "marked"} <= declared.keys()
    assert [name for name, times in declared.items() if times > 1] == []


def test_every_script_stands_in_some_page() -> None:
    there = {str(file.relative_to(ASSETS)) for file in ASSETS.rglob("*.js") if file.parent.name != "vendor"}
    assert there == {script for scripts in PAGES.values() for script in scripts}


@pytest.mark.parametrize(
    "text", ["</script>", "<!--<script>", "a & b", "line\u2028break", "lone \ud800 half"]
)
def test_data_hold_nothing_that_a_page_reads_as_its_own_and_come_back_whole(text: str) -> None:
    said = embedded({text: [text]})
    assert not set("<>&\u2028\u2029\ud800") & set(said)
    assert json.loads(said) == {text: [text]}
    assert json.loads(embedded([text], whole=False)) == [plain(text)]


def test_the_policy_allows_what_is_asked_for_beside_the_page_itself() -> None:
    page = filled(
        "shared/frame.html",
        title="<b>",
        styles=["palette.css"],
        scripts=["shared/rows.js"],
        allowed={"script-src": ["'strict-dynamic'"], "img-src": ["data:"]},
    )
    assert page.startswith("<!DOCTYPE html>")
    assert "<title>&lt;b&gt;</title>" in page
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    script, style, image = (found.split() for found in policy.split("; ")[1:4])
    assert script[0] == "script-src" and script[2] == "'strict-dynamic'" and len(script) == 3
    assert style[0] == "style-src" and len(style) == 2
    assert image == ["img-src", "data:"]
    assert policy.endswith("; base-uri 'none'; form-action 'none'")
