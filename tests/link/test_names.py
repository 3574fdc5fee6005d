"""Spellings of one name have one key, and nothing else has it."""

import pytest

from kg.link.names import SLUG_LENGTH, bare, clean, is_distinctive, key, slug

SAME = [
    ("nnU-Net", "nnUNet", "nnU-net", "the nnU-Net framework", "nnU‑Net"),
    ("MIMIC-CXR", "MIMIC CXR dataset", "the MIMIC-CXR database", "mimic_cxr", r"MIMIC\_CXR"),
    (r"$\beta$-VAE", "β-VAE", "Beta-VAE", "b{eta}-VAE", r"$\beta-$VAE", "{\\beta}-VAE"),
    ("SAM2", "SAM 2", "SAM v2", "SAM-V2"),
    ("U-Net++", r"U-Net$^{++}$", "UNet++"),
    (r"\textit{BraTS} 2019", "BraTS 2019", "BraTS2019", "BraTS-2019 challenge", "BraTS 2019 test set"),
    ("Pléiade-Net", "Pleiade Net"),
    ("H&E-Net", r"H\&E-Net", "H and E-Net"),
]
DIFFERENT = [
    ("ViT-B", "ViT-L"),
    ("GPT-4", "GPT-4V"),
    ("GPT-3.5", "GPT-35"),
    ("Qwen2.5-7B", "Qwen2-57B"),
    ("ResNet-18", "ResNet-50"),
    ("DeepLabV3", "DeepLabV3+"),
    ("U-Net", "U-Net++"),
    ("Foo-2D", "Foo-3D"),
    ("Foo v1", "Foo v2"),
    ("ISLES", "ISLES 2022"),
    ("BraTS 2019", "BraTS 2021"),
    ("Residual Network", "Residual"),
    ("数据集", "资料库"),
]


@pytest.mark.parametrize("forms", SAME, ids=lambda forms: forms[0])
def test_spellings_of_one_name_share_a_key(forms):
    assert {key(form) for form in forms} == {key(forms[0])} != {""}


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_versions_sizes_and_editions_have_keys_of_their_own(one, other):
    assert key(one) != key(other)


def test_trailing_kind_words_go_only_from_what_is_a_name_without_them():
    assert bare("MIMIC-CXR dataset") == "MIMIC-CXR"
    assert bare("Swin-T model") == "Swin-T"
    assert bare("Graph Attention Network") == "Graph Attention Network"
    assert bare("brain tumor dataset") == "brain tumor dataset"
    assert bare("dataset") == "dataset"


def test_cleaning_leaves_no_control_or_direction_marks():
    assert clean("the “Foo\u202eNet”\n\x00 2") == "FooNet 2"


@pytest.mark.parametrize("name", ["", "…", "$^{}$", "\\", "{", "\x00"])
def test_a_name_without_letters_has_no_key(name):
    assert key(name) == ""


def test_names_are_told_from_words_by_shape():
    assert all(map(is_distinctive, ["PixCell", "ViT", "T5", "β-VAE", "mT5"]))
    assert not any(map(is_distinctive, ["Vision model", "our model", "Mamba", "2019", ""]))


def test_slugs_are_readable_ascii():
    assert slug("U-Net++") == "u-net-plusplus"
    assert slug("β-VAE") == "beta-vae"
    assert slug("Pléiade & Co") == "pleiade-and-co"
    assert slug("Alzheimer's Initiative") == "alzheimers-initiative"


@pytest.mark.parametrize(
    "text", ["", "数据集", '<img src=x onerror="a">', "../..", "a" * 5000, "\u202e\x00", "a/b#c?d"]
)
def test_slugs_of_hostile_text_are_short_safe_and_not_empty(text):
    made = slug(text)
    assert 0 < len(made) <= SLUG_LENGTH
    assert made.isascii() and made.replace("-", "").isalnum() and made == made.lower()


def test_slugs_of_texts_without_ascii_differ():
    assert slug("数据集") != slug("资料库")
    assert slug("a" * 500) != slug("a" * 501)
