"""Acronyms are confirmed by letters; versions are told apart; generic phrases name nothing."""

import pytest

from kg.link.forms import alike, are_versions, is_generic, is_part, is_short_for, numbers


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("FRB", "Fundus Reading Benchmark"),
        ("LoGraph", "Longitudinal Graph"),
        ("DA-Net", "Dual Attention Network"),
        ("LSTM", "Long Short-Term Memory"),
        ("3DWS", "3D Wave Splatting"),
        ("DMI", "deep model of the iris"),
    ],
)
def test_letters_in_order_confirm_an_acronym(short, long):
    assert is_short_for(short, long)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("FRB", "Retina Benchmark"),  # first letter elsewhere
        ("FRB2", "Fundus Reading Benchmark"),  # the number is unconfirmed
        ("our", "outer union rate"),  # not written like an acronym
        ("FRB", "FRB"),
        ("F-RB", "F-RB"),
        ("FR-B", "FRB"),
        ("ABCDE", "albacider wall"),
        ("FuRead", "FuRead Plus"),
        ("FR-B", "Fundus Ribbon"),  # the B opens no word
        ("FuRead", "FuRead-2D"),
        ("", "Fundus Reading Benchmark"),
        ("FRB", ""),
    ],
)
def test_other_pairs_are_no_acronym(short, long):
    assert not is_short_for(short, long)


def test_spellings_of_a_long_form_agree_and_other_long_forms_do_not():
    assert alike("Long Short-Term Memory", "long short term memory network")
    assert alike("Autoencoder of Faces", "Auto-encoder of Faces")
    assert not alike("Segment Any Motion", "Sparse Attention Memory")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("GPT-4", "GPT-4V"),
        ("Foo-B", "Foo-L"),
        ("Foo", "Foo II"),
        ("Foo small", "Foo base"),
        ("Foo", "Foo 2022"),
    ],
)
def test_versions_of_a_family_are_told_apart(one, other):
    assert are_versions(one, other) and are_versions(other, one)


def test_spellings_of_one_version_are_no_versions():
    assert not are_versions("Foo v2", "Foo-2")
    assert not are_versions("Foo", "Bar 2")


def test_years_agree_with_their_last_two_digits():
    assert numbers("Foo '19") == numbers("Foo 2019")
    assert numbers("Foo 2019") != numbers("Foo 2020")


def test_phrases_of_class_words_are_generic():
    assert all(map(is_generic, ["our model", "VLM", "vision-language model", "deep neural network", "ours"]))
    assert not any(map(is_generic, ["PixCell", "Fundus Benchmark", "Mamba"]))


def test_a_name_within_a_name_is_a_part_of_it():
    assert is_part("Foo", "Foo Adapter") and is_part("Foo Adapter", "Foo")
    assert not is_part("Foo", "Foo")
