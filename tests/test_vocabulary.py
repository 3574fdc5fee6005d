"""The vocabularies that ship, and how they are read, extended and looked up."""

import re
import time
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from kg.labels import key
from kg.resources import ontology
from kg.vocabulary import BUILT_IN, Term, Vocabulary, VocabularyError, load

BASE = "https://w3id.org/biomed-kg/id/"
KIND = {
    "modalities": "modality",
    "metrics": "metric",
    "tasks": "task",
    "datasets": "dataset",
    "models": "model",
}

MODALITIES = """X-ray; CT; CBCT; MRI; Diffusion MRI; MR angiography; PET; Ultrasound; Mammography;
    X-ray angiography; Fundus photography; OCT; Dermoscopy; Clinical photography; H&E histopathology;
    Immunohistochemistry; Multiplex immunofluorescence; Cytology microscopy; Microscopy; Endoscopy;
    Surgical video; ECG; Radiology report; Pathology report; Clinical text; EHR; 3D shape; Infrared imaging;
    EEG; Physiological signal; Wearable sensor; Audio; Genomics; Protein sequence; Molecule; Flow cytometry;
    Biomedical literature"""
METRICS = """Accuracy; F1; Macro F1; AUROC; AUPRC; Average precision; Precision; Recall; Specificity; Dice;
    IoU; Hausdorff distance; PSNR; SSIM; FID; PCC; BLEU; CIDEr; ROUGE; RadGraph F1; Target registration error;
    C-index; MAE; RMSE; Infidelity; Inference speed"""
TASKS = """classification; segmentation; detection; localization; registration; reconstruction; denoising;
    enhancement; artifact reduction; artifact detection; bone suppression; harmonization; image synthesis;
    image translation; virtual staining; report generation; summarization; visual question answering;
    visual grounding; image-text retrieval; image retrieval; patient retrieval; representation learning;
    vision-language pre-training; zero-shot classification; prognosis; survival prediction; risk prediction;
    disease staging; domain adaptation; robustness evaluation; quality assessment; explanation;
    workflow recognition; tracking; face detection; referring segmentation; disease progression modelling;
    biomarker prediction; clinical decision support; super-resolution; regression; triage;
    question answering; information extraction; natural language inference; medical coding;
    property prediction; data synthesis"""


def labels(text: str) -> set[str]:
    return {re.sub(r"\s+", " ", label).strip() for label in text.split(";")}


def all_terms() -> list[Term]:
    return [term for terms in load().schemes.values() for term in terms]


def turtle(path: Path, body: str) -> Path:
    path.write_text(
        "@prefix kg: <https://w3id.org/biomed-kg/ontology#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        f"@prefix modality: <{BASE}modality/> .\n{body}",
        encoding="utf-8",
    )
    return path


def found(vocabulary: Vocabulary, text: str, scheme: str) -> list[tuple[str, str, bool]]:
    return [(m.term.label, text[m.start : m.end], m.weak) for m in vocabulary.find(text, scheme)]


def test_the_controlled_schemes_hold_exactly_the_labels_agreed_on() -> None:
    vocabulary = load()
    assert {term.label for term in vocabulary["modalities"]} == labels(MODALITIES)
    assert {term.label for term in vocabulary["tasks"]} == labels(TASKS)
    assert {term.label for term in vocabulary["metrics"]} >= labels(METRICS)


@pytest.mark.parametrize("scheme", BUILT_IN)
def test_rdflib_and_pyoxigraph_read_the_same_triples(scheme: str) -> None:
    path = ontology(f"{scheme}.ttl")
    graph = rdflib.Graph().parse(path)
    assert len(graph) == len(set(pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE))) > 0
    skos = rdflib.SKOS
    for concept in graph.subjects(rdflib.RDF.type, skos.Concept):
        assert len(list(graph.objects(concept, skos.prefLabel))) == 1
        kinds = [
            set(graph.objects(concept, kind)) for kind in (skos.prefLabel, skos.altLabel, skos.hiddenLabel)
        ]
        assert sum(map(len, kinds)) == len(set.union(*kinds)), f"{concept}: a label is of two kinds"


def test_iris_are_a_slug_under_the_entity_base() -> None:
    for scheme, terms in load().schemes.items():
        for term in terms:
            assert re.fullmatch(rf"{BASE}{KIND[scheme]}/[a-z0-9]+(-[a-z0-9]+)*", term.iri), term


def test_no_form_states_two_terms_of_a_scheme() -> None:
    for scheme, terms in load().schemes.items():
        owner: dict[tuple[bool, str], str] = {}
        for term in terms:
            for name in term.names:
                cased = name in term.case_sensitive
                # Two labels that differ in case only may belong to two terms if both say so.
                form = (cased, name if cased else key(name))
                assert owner.setdefault(form, term.iri) == term.iri, f"{scheme}: {name}"


def test_every_term_can_be_looked_up_by_each_of_its_names() -> None:
    vocabulary = load()
    for term in all_terms():
        for name in term.names:
            assert vocabulary.lookup(name, term.scheme) == term, name


def test_broader_terms_exist_in_the_same_scheme_and_form_no_cycle() -> None:
    vocabulary = load()
    for term in all_terms():
        for iri in term.broader:
            assert vocabulary.term(iri).scheme == term.scheme
        assert term not in vocabulary.ancestors(term)


def test_case_sensitive_labels_are_labels_of_their_term() -> None:
    for term in all_terms():
        assert term.case_sensitive <= {*term.names, *term.weak_aliases}, term


def test_concepts_of_the_controlled_schemes_are_defined_in_one_sentence() -> None:
    for scheme in ("modalities", "metrics", "tasks"):
        for term in load()[scheme]:
            assert term.definition.endswith("."), term


def test_metrics_say_which_way_is_better_and_in_what_range() -> None:
    neutral = {term.label for term in load()["metrics"] if term.better_when not in ("higher", "lower")}
    assert neutral == {"Hazard ratio", "Odds ratio", "Relative risk", "Log-rank test"}
    for term in load()["metrics"]:
        assert term.unit
        assert term.minimum is None or term.maximum is None or term.minimum < term.maximum


def test_gazetteer_entries_name_their_source_and_known_modalities() -> None:
    vocabulary = load()
    for term in (*vocabulary["datasets"], *vocabulary["models"]):
        assert term.sources, term
        for iri in term.modalities:
            assert vocabulary.term(iri).scheme == "modalities"


@pytest.mark.parametrize(
    ("surface", "scheme", "label"),
    [
        ("sensitivity", "metrics", "Recall"),
        ("True-positive rate", "metrics", "Recall"),
        ("PPV", "metrics", "Precision"),
        ("DSC", "metrics", "Dice"),
        ("mAP", "metrics", "Average precision"),
        ("AUC", "metrics", "AUROC"),
        ("area under the receiver operating curve", "metrics", "AUROC"),
        ("BLEU-4", "metrics", "BLEU"),
        ("Cohen’s κ", "metrics", "Cohen's kappa"),
        ("chest radiographs", "modalities", "X-ray"),
        ("MRIs", "modalities", "MRI"),
        ("whole-slide images", "modalities", "H&E histopathology"),
        ("haematoxylin and eosin", "modalities", "H&E histopathology"),
        ("localisation", "tasks", "localization"),
        ("tumour segmentation", "tasks", "segmentation"),
    ],
)
def test_settled_synonyms_lead_to_the_canonical_label(surface: str, scheme: str, label: str) -> None:
    term = load().lookup(surface, scheme)
    assert term is not None
    assert term.label == label


@pytest.mark.parametrize(
    "pair",
    [
        ("T2-weighted", "T2 weighted"),
        ("biopsies", "Biopsy"),
        ("Fréchet", "frechet"),
        ("AMOS", "amos"),
        ("modelling", "modeling"),
        ("GFLOPS", "GFLOPs"),
        ("Cohen's", "Cohen’s"),
        ("indices", "index"),
    ],
)
def test_spellings_of_one_name_have_one_key(pair: tuple[str, str]) -> None:
    assert key(pair[0]) == key(pair[1])


def test_key_keeps_different_names_apart() -> None:
    assert len({key(name) for name in ("H&E", "HE", "ResNet-18", "ResNet-50", "analysis", "analyst")}) == 6


def test_case_sensitive_labels_do_not_match_ordinary_words() -> None:
    vocabulary = load()
    assert found(vocabulary, "We map how cts help us.", "modalities") == []
    assert [hit[0] for hit in found(vocabulary, "CT and ECGs", "modalities")] == ["CT", "ECG"]
    assert vocabulary.lookup("map", "metrics") is None


def test_find_prefers_the_longest_form_and_gives_offsets_into_the_text() -> None:
    text = "Macro F1 and F1 of chest X-rays; a low-dose CT, scan."
    assert found(load(), text, "metrics") == [("Macro F1", "Macro F1", False), ("F1", "F1", False)]
    assert found(load(), text, "modalities") == [
        ("X-ray", "chest X-rays", False),
        ("CT", "low-dose CT", False),
    ]


def test_cues_are_marked_weak_and_may_suggest_several_terms() -> None:
    vocabulary = load()
    assert ("H&E histopathology", "slides", True) in found(vocabulary, "We stain slides.", "modalities")
    assert vocabulary.lookup("slides", "modalities") is None
    suggested = {term.label for term in vocabulary.suggest("ophthalmic images", "modalities")}
    assert suggested == {"Fundus photography", "OCT"}


def test_a_user_vocabulary_adds_terms_labels_and_schemes(tmp_path: Path) -> None:
    own = turtle(
        tmp_path / "own.ttl",
        """modality:ct skos:altLabel "Röntgentomographie"@de .
        modality:scent skos:prefLabel "Scent"@en, "Geruch"@de ; skos:altLabel "electronic nose" ;
            skos:inScheme kg:modalities ; skos:broader modality:physiological-signal .
        <https://example.org/liver> skos:prefLabel "Liver" ; skos:inScheme <https://example.org/organs> .
        """,
    )
    vocabulary = load(own)
    ct, scent = vocabulary.lookup("rontgentomographie"), vocabulary.lookup("electronic noses", "modalities")
    assert ct is not None and ct.label == "CT" and "CT scan" in ct.aliases
    assert scent is not None and vocabulary.lookup("Geruch") == scent and scent.label == "Scent"
    assert [term.label for term in vocabulary.ancestors(scent)] == ["Physiological signal"]
    assert [term.label for term in vocabulary["organs"]] == ["Liver"]
    assert load().lookup("electronic nose") is None


def test_a_later_file_takes_a_label_over_and_may_rename(tmp_path: Path) -> None:
    first = turtle(
        tmp_path / "first.ttl",
        'modality:scent skos:prefLabel "Scent" ; skos:altLabel "odour" ; skos:inScheme kg:modalities .',
    )
    second = turtle(
        tmp_path / "second.ttl",
        """modality:gas skos:prefLabel "Breath gas" ; skos:altLabel "odour" ; skos:inScheme kg:modalities .
        modality:scent skos:prefLabel "Smell" .""",
    )
    vocabulary = load(first, second)
    gas, smell = vocabulary.lookup("odour", "modalities"), vocabulary.lookup("scent", "modalities")
    assert gas is not None and gas.label == "Breath gas"
    assert smell is not None and smell.label == "Smell" and smell.aliases == ("Scent",)


def test_a_file_that_is_not_turtle_is_reported_with_its_line(tmp_path: Path) -> None:
    path = turtle(tmp_path / "broken.ttl", 'modality:x skos:prefLabel "no end ;\n')
    with pytest.raises(VocabularyError, match=r"broken\.ttl:4: not valid Turtle"):
        load(path)


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "absent.ttl")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('modality:x skos:prefLabel "X factor" .', "has no skos:inScheme"),
        ("modality:x skos:inScheme kg:modalities .", "has no skos:prefLabel"),
        (
            'modality:x skos:prefLabel "Smell" ; skos:inScheme kg:modalities .\n'
            'modality:y skos:prefLabel "smells" ; skos:inScheme kg:modalities .',
            "'smells' is given to both",
        ),
    ],
)
def test_a_file_that_contradicts_itself_is_reported_by_name(tmp_path: Path, body: str, message: str) -> None:
    with pytest.raises(VocabularyError, match=rf"own\.ttl.*{message}"):
        load(turtle(tmp_path / "own.ttl", body))


def test_a_cycle_made_by_a_user_does_not_hang(tmp_path: Path) -> None:
    path = turtle(tmp_path / "cycle.ttl", "modality:mri skos:broader modality:diffusion-mri .")
    vocabulary = load(path)
    mri = vocabulary.term(f"{BASE}modality/mri")
    assert {term.label for term in vocabulary.ancestors(mri)} == {"Diffusion MRI", "MRI"}


def test_hostile_text_neither_matches_nor_slows_the_search() -> None:
    text = "<script>alert('CT')</script> " + "area under the " * 5_000 + "\u202e\x00" + "a" * 100_000
    start = time.perf_counter()
    matches = load().find(text, "modalities")
    assert time.perf_counter() - start < 5
    assert [text[m.start : m.end] for m in matches] == ["CT"]


def test_two_loads_are_equal_and_the_default_is_read_once(tmp_path: Path) -> None:
    empty = turtle(tmp_path / "empty.ttl", "")
    assert load() is load()
    assert load(empty).schemes == load().schemes
