"""What kg view draws of a network: a part of it, and with which renderer."""

from pathlib import Path

from command_line import run


def test_view_draws_the_part_around_a_thing_and_says_which(output: Path) -> None:
    result = run("view", "--around", "alphanet", "--hops", "0", "-o", "near.html")
    assert result.exit_code == 0
    assert "around Alphanet (model/alphanet): 0 papers, 1 model, 0 datasets" in result.stdout + result.stderr
    near = Path("near.html").read_text(encoding="utf-8")
    assert '"key":"model/alphanet"' in near and '"key":"model/betanet"' not in near


def test_a_name_that_is_not_there_is_answered_with_near_ones(output: Path) -> None:
    result = run("view", "--around", "Alhpanet", "-o", "near.html")
    assert result.exit_code == 1
    assert "did you mean model/alphanet" in result.stderr
    assert not Path("near.html").exists()


def test_hops_without_a_thing_are_refused(output: Path) -> None:
    result = run("view", "--hops", "2")
    assert result.exit_code == 1
    assert result.stderr == "error: --hops counts links from a thing: name it with --around\n"


def test_the_renderer_is_a_choice(output: Path) -> None:
    assert run("view", "--renderer", "webgl", "-o", "large.html").exit_code == 0
    assert '"renderer":"webgl"' in Path("large.html").read_text(encoding="utf-8")
    assert run("view", "--renderer", "webgl", "-o", "pages").exit_code == 0
    assert '"renderer":"webgl"' in Path("pages/graph.html").read_text(encoding="utf-8")
    assert run("view", "--renderer", "paper").exit_code == 2
