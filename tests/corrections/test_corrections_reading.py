"""The file of corrections: what it may say, and that every fault is told with its line."""

from pathlib import Path
from typing import get_args

import pytest

from kg.corrections import CorrectionsError, read
from kg.corrections.entries import (
    AddAlias,
    AddClaim,
    AddEntity,
    AddPaper,
    Entry,
    Merge,
    RejectAlias,
    RejectClaim,
    RejectEntity,
    RejectResult,
    Rename,
    Split,
)


@pytest.fixture
def reading(tmp_path):
    def read_text(text):
        path = tmp_path / "c.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read(path)

    return read_text


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("- merge: [A, B]\n  into: C\n  kind: model", Merge(1, ("A", "B"), "C", "model")),
        ("- {merge: [A, B]}", Merge(1, ("A", "B"))),
        ("- split: A\n  papers: [p, q]\n  into: B\n  aliases: X", Split(1, "A", ("p", "q"), "B", ("X",))),
        ("- rename: A\n  to: B", Rename(1, "A", "B")),
        ("- reject: A", RejectEntity(1, "A")),
        ("- reject: {entity: A, kind: task}", RejectEntity(1, "A", "task")),
        ("- reject: {alias: a, of: A}", RejectAlias(1, "a", "A")),
        (
            "- reject:\n    subject: A\n    predicate: basedOn\n    object: B\n    paper: p",
            RejectClaim(1, "A", "B", "basedOn", "p"),
        ),
        ("- reject: {value: 0.880, model: A, paper: p}", RejectResult(1, "0.880", "p", "A")),
        ("- add: {entity: A, kind: dataset, aliases: [a, b]}", AddEntity(1, "A", "dataset", ("a", "b"))),
        ("- add: {alias: a, of: A}", AddAlias(1, "a", "A")),
        (
            "- add: {subject: A, predicate: trainedOn, object: D, paper: p, evidence: So., confidence: 0.5}",
            AddClaim(1, "A", "trainedOn", "D", "p", "So.", None, 0.5),
        ),
        ("- add: {paper: p, title: T, issued: 2024-05}", AddPaper(1, "p", "T", "2024-05")),
    ],
)
def test_every_form_of_entry_is_read(reading, text, entry):
    assert reading(text).entries == (entry,)


def test_the_example_of_the_documentation_is_read_and_shows_every_form(reading):
    page = (Path(__file__).parents[2] / "docs" / "corrections.md").read_text(encoding="utf-8")
    example = page.split("```yaml\n", 1)[1].split("```", 1)[0]
    forms = {type(entry) for entry in reading(example).entries}
    assert forms == set(get_args(Entry))


def test_names_stay_the_text_they_are(reading):
    entries = reading(
        "- reject: No\n- reject: 1e3\n- reject: 2021-01-01\n- reject: '~'\n- reject: 0x1F"
    ).entries
    assert [entry.name for entry in entries] == ["No", "1e3", "2021-01-01", "~", "0x1F"]


def test_entries_know_their_lines(reading):
    entries = reading("# a comment\n\n- reject: A\n- rename: B\n  to: C\n").entries
    assert [entry.line for entry in entries] == [3, 4]


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n", "[]", "\ufeff"])
def test_an_empty_file_corrects_nothing(reading, text):
    assert reading(text).entries == ()


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("- reject: A\n- merge: [A, B\n", 3, "not valid YAML"),
        ("- reject: A\n- rename: B\n  too: C", 3, "unknown key 'too': did you mean 'to'?"),
        ("- reject: A\n- remane: B", 2, "unknown key 'remane': did you mean 'rename'?"),
        ("- frobnicate: B", 1, "a correction begins with merge, split, rename, reject, add"),
        ("merge: [A, B]", 1, "expected a list"),
        ("- rename: A", 1, "rename needs 'to'"),
        ("- merge: A", 1, "two names at least"),
        ("- merge: [A, A]", 1, "two names at least"),
        ("- merge: []", 1, "'merge' is empty"),
        ("- rename: A\n  to:", 2, "'to' is empty"),
        ("- rename: A\n  to: [B]", 2, "'to' is one name"),
        ("- rename: A\n  to: B\n  to: C", 3, "'to' is given twice"),
        ("- rename: A\n  merge: [B, C]", 1, "one correction an entry"),
        ("- A", 1, "a correction is written as"),
        ("- reject: {}", 1, "reject is written as"),
        ("- reject: {kind: model}", 1, "reject needs one of entity, alias, subject, value"),
        ("- reject: {entity: A}\n  kind: model", 2, "'kind' belongs under 'reject'"),
        ("- reject: {entity: A, kind: modle}", 1, "unknown kind 'modle': did you mean 'model'?"),
        ("- reject: {subject: A, object: B,\n    predicate: based}", 2, "unknown predicate 'based'"),
        ("- add: {subject: A, predicate: basedOn, object: B, paper: p}", 1, "needs either 'evidence'"),
        ("- add: {entity: A}", 1, "add needs 'kind'"),
        (
            "- add: {subject: A, predicate: basedOn, object: B, paper: p, note: n, confidence: high}",
            1,
            "a number from 0 to 1",
        ),
        (
            "- add: {subject: A, predicate: basedOn, object: B, paper: p, note: n, confidence: nan}",
            1,
            "a number from 0 to 1",
        ),
        ("- add: {paper: p, title: T, issued: May 2024}", 1, "a date such as"),
        ("- reject: A\n---\n- reject: B", 2, "a second document"),
        ("- ? [a, b]\n  : c", 1, "a key must be a word"),
    ],
)
def test_what_is_wrong_is_told_in_one_line_with_its_place(reading, tmp_path, text, line, said):
    with pytest.raises(CorrectionsError) as caught:
        reading(text)
    message = str(caught.value)
    assert message.startswith(f"{tmp_path / 'c.yaml'}:{line}: ")
    assert said in message
    assert "\n" not in message


BOMB = "- &a [x, x]\n" + "\n".join(
    f"- &{b} [*{a}, *{a}]" for a, b in zip("abcdefghij", "bcdefghijk", strict=True)
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (BOMB, "anchors"),
        ("- reject: *a", "anchors"),
        ("- reject: &a A", "anchors"),
        ("- !!python/object/apply:os.system ['touch owned']", "tags"),
        ("- reject: !!str A", "tags"),
        ("- !evil {reject: A}", "tags"),
        ("- " + "[" * 100_000, "levels deep"),
        ("- " + "{a: " * 100_000, "levels deep"),
        (b"- reject: \xff\xfe\xfa", "not valid YAML"),
        ("- reject: A\x00B", "not valid YAML"),
    ],
)
def test_hostile_files_are_refused(reading, text, said):
    with pytest.raises(CorrectionsError, match=said) as caught:
        reading(text)
    assert len(str(caught.value)) < 500


def test_half_a_character_spelled_as_an_escape_is_replaced(reading):
    try:
        (entry,) = reading(r'- reject: "a\ud800b"').entries
    except CorrectionsError:
        return  # some YAML libraries refuse it themselves
    entry.name.encode()


def test_a_file_that_is_not_there_is_an_error_of_the_system(tmp_path):
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "none.yaml")
