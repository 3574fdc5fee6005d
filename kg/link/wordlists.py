"""Words that say what a thing is rather than which: the tables that names are cleaned and compared with."""

from __future__ import annotations


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


DATA_WORDS = _set(
    "dataset datasets database databases corpus corpora cohort cohorts benchmark benchmarks challenge "
    "challenges collection repository data"
)
"""Words after a name that say "this is data" and are no part of it, whatever the name looks like."""

KIND_WORDS = _set(
    "model models network networks framework frameworks system systems algorithm algorithms method methods "
    "approach architecture architectures pipeline toolkit software backbone backbones classifier encoder "
    "variant variants"
)
"""Words after a name that say what it is; they stay where the rest is a plain phrase ("Residual Network")."""

SPLIT_WORDS = _set("train training test testing val validation dev development set sets split splits")
"""Words that name a part of a dataset ("X test set"): the part is the same dataset."""

ARTICLES = _set("the a an our this their its")
"""Words before a name that are no part of it."""

CLASS_WORDS = _set(
    "deep machine learning neural network networks net model models convolutional recurrent language large "
    "small vision visual image images video text multimodal multi modal foundation transformer transformers "
    "generative adversarial diffusion graph encoder decoder autoencoder pretrained pre trained "
    "self supervised unsupervised semi framework method methods approach system systems algorithm algorithms "
    "baseline baselines backbone medical clinical biomedical imaging dataset datasets benchmark challenge "
    "data corpus cohort database public private internal external in house proposed novel new "
    "segmentation classification detection classifier state art sota ours"
)
"""Words that describe a class of things; a phrase of nothing else names nothing."""

CLASS_ACRONYMS = _set(
    "ai ml dl nn ann cnn cnns dcnn rnn rnns dnn mlp gnn gnns gcn llm llms vlm vlms mllm mllms lvlm vlp slm "
    "lmm lmms fm fms gan gans dm ssl mil fl nlp cv inr rag cot peft ehr emr vqa "
    "nli ner wsi wsis roi"
)
"""Acronyms of classes and techniques: as a second name of something they say what it is, not which."""

SIZE_WORDS = _set(
    "nano tiny mini small base medium large huge giant xl xxl pro plus lite max ultra turbo flash"
)
"""Words that tell the members of a family apart by size or edition."""

ROMAN = _set("II III IV V VI VII VIII IX")
"""Version numbers in Roman figures; I is too often a letter."""

FILLERS = _set(
    "of the and for with in on to a an from by via at using based net network networks model framework "
    "dataset challenge system method benchmark study"
)
"""Words of a long form that tell nothing about which long form it is."""

SEQUENCES = _set(
    "T1 T1w T1-weighted T1c T1ce T1Gd T1-Gd T2 T2w T2-weighted T2* PD PDw FLAIR T2-FLAIR DWI ADC DTI DSC "
    "DCE SWI STIR MPRAGE BOLD ASL fMRI rs-fMRI MRA "
    "fluid-attenuated_inversion_recovery diffusion-weighted_imaging apparent_diffusion_coefficient "
    "susceptibility-weighted_imaging arterial_spin_labeling diffusion_tensor_imaging"
)
"""Magnetic resonance contrasts, rare in vocabularies of modalities (``_`` is a space)."""

SEQUENCES_OF = ("modality:MRI", "modality:Diffusion MRI", "modality:MR angiography")
"""Modalities that the sequences belong to."""

GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρστυφχψω",
        (
            "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma "
            "tau upsilon phi chi psi omega"
        ).split(" "),
        strict=True,
    )
)
"""Greek small letter → its name, as LaTeX and slugs spell it."""
