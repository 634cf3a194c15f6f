"""Nouns that show what a name is."""

import re
from functools import lru_cache
from typing import Final, Literal

EntityType = Literal["model", "dataset", "metric", "method"]
PhraseType = Literal["model", "dataset", "metric", "method", "other"]

_NOUNS: Final[dict[PhraseType, str]] = {
    "dataset": (
        "dataset benchmark corpus corpora testbed leaderboard treebank testset testsuite "
        "database collection ontology lexicon test challenge environment resource"
    ),
    "metric": "metric measure score index",
    "model": (
        "model llm vlm mllm lmm plm lm network architecture transformer encoder decoder "
        "autoencoder gan cnn rnn lstm gnn vae backbone chatbot agent assistant system "
        "classifier detector parser tagger vocoder net foundation-model"
    ),
    "method": (
        "framework method approach algorithm technique strategy procedure paradigm pipeline "
        "scheme mechanism module regularization regularizer optimizer objective loss training "
        "tuning finetuning fine-tuning prompting pruning decoding distillation optimization "
        "methodology recipe protocol adaptation attention sampler sampling plugin process "
        "initialization quantization alignment augmentation inference solution formulation "
        "estimator policy engine attack defense wrapper kernel layer adapter solver heuristic "
        "extension curriculum"
    ),
    "other": (
        "task problem setting theory library tool toolkit toolbox package platform language "
        "survey study paper perspective question concept phenomenon taxonomy hypothesis company "
        "application app website team theorem area field topic interface infrastructure software "
        "service demo behavior behaviour"
    ),
}
_TYPE_OF_NOUN: Final[dict[str, PhraseType]] = {
    noun: kind for kind, nouns in _NOUNS.items() for noun in nouns.split()
}
_ENDINGS: Final[dict[EntityType, re.Pattern[str]]] = {
    "dataset": re.compile(
        r"(?:[Bb]ench(?:mark)?|Eval|QA|Test|Set|Corpus|Arena|Gym|\d+[KM]|Dataset)(?:[-\s]?\w{1,4})?\Z"
    ),
    "metric": re.compile(r"(?:Score|Metric|Index|Rate|Accuracy|Error)\Z"),
    "model": re.compile(
        r"(?:Net|GPT|BERT|L[LM]M|LM|VLM|VLA|[Ff]ormer|GAN|VAE|Mamba|LLaMA|Llama|LLaVA|T5|Decoder"
        r"|Encoder|Model|Diffusion|Agent|Coder|Transformer|CLIP|[-\s]VL|Voice|TTS)(?:[-\s]?[\w.]{1,4})?\Z"
    ),
}

_BRACKETS = re.compile(r"\s?\([^()]{2,12}\)")
_GROUP_WORDS: Final = "family series suite set class line variant version type kind range"
_GROUPS: Final = frozenset(_GROUP_WORDS.split())
_SUITES: Final = (["suite"], ["set"], ["collection"], ["series"])
_PARTS_OF_SUITES: Final = frozenset(["tasks", "problems", "questions", "benchmarks", "datasets"])
"""What a suite of is a data set, though one of them is none."""
_JOINTS = re.compile(r",|\sand\s")
"""What parts of a noun phrase may be joined by: "a simple, scalable framework"."""

_STOPS = re.compile(
    r"(?:^|\s)(?:for|that|which|to|with|based|using|where|in|on|by|from|capable|designed|trained"
    r"|built|consisting|comprising|containing|specifically|tailored|as|via|through|when|while"
    r"|whose|aimed|aiming|featuring|covering|spanning|towards?|is|are|can|leveraging|combining"
    r"|targeting|addressing|exploiting|enabling|achieving|providing|allowing|employing|utilizing"
    r"|supporting|integrating|incorporating|assessing|focusing|including|involving|requiring)"
    r"(?=\s|$)|[;.:()\u2014\u2013]"
)

_GENERIC_WORDS: Final = (
    "a an the this that these those our their its we in on for to of and or by with from as at it "
    "is here however moreover furthermore additionally finally first second extensive experiments "
    "results code data dataset datasets benchmark benchmarks corpus model models framework "
    "frameworks method methods approach approaches algorithm algorithms network networks system "
    "systems metric metrics score task tasks new novel large language learning deep neural vision "
    "llm llms vlm vlms plm plms mllm mllms lm lms ai ml nlp cv rl ner qa nli asr tts mt english "
    "chinese german french abstract introduction survey review towards toward beyond rethinking "
    "understanding evaluating benchmarking exploring improving fine-tuning pretraining "
    "pre-training training zero-shot few-shot in-context icl sft peft gpu gpus cpu api ood kg kgs "
    "dnn dnns nn rag-based question answering generation recognition classification segmentation "
    "detection translation summarization retrieval reasoning transfer representation machine "
    "computer natural processing object image video text speech audio graph domain adaptation "
    "knowledge information artificial intelligence agents agent foundation multimodal generative "
    "diffusion stage phase ii iii iv sql hci lvlm lvlms"
)
GENERIC_WORDS: Final = frozenset(_GENERIC_WORDS.split())
"""Words that are no name by themselves, and nouns that a name sheds at its end."""


_GERUND = re.compile(r"[A-Z][a-z]+ing\s")


def type_of_title(subtitle: str) -> PhraseType | None:
    """Return the type that what follows the colon of a title shows, if it is a noun phrase.

    "Aligning Language Models" says what is done, not what the name is.
    """
    return None if _GERUND.match(subtitle) else type_of_phrase(subtitle.lower())


@lru_cache(maxsize=20_000)
def type_of_phrase(phrase: str, *, is_exact: bool = False) -> PhraseType | None:
    """Return the type that a noun phrase shows by its head noun, its last known noun.

    Args:
        phrase: what follows "is a", or stands beside a name.
        is_exact: whether the very last word must show the type.
    """
    for joined in _JOINTS.split(_STOPS.split(_BRACKETS.sub("", phrase), maxsplit=1)[0]):
        kind = _type_of_part(joined, is_exact=is_exact)
        if kind or is_exact:
            return kind
    return None


def _type_of_part(phrase: str, *, is_exact: bool) -> PhraseType | None:
    words: list[str] = []
    for part in phrase.split(" of "):
        words, group = re.findall(r"[^\W_][\w-]*", part.lower()), words[-1:]
        if group in _SUITES and words and words[-1] in _PARTS_OF_SUITES:
            return "dataset"
        if not words or not {words[-1], words[-1].removesuffix("s")} & _GROUPS:
            break
    for place, word in enumerate(reversed(words[-1:] if is_exact else words)):
        for noun in (word, word.removesuffix("s"), word.rsplit("-", 1)[-1]):
            kind = _TYPE_OF_NOUN.get(noun)
            # "a question answering benchmark" is no question, whatever stands behind it
            if kind and not (kind == "other" and place):
                return kind
    return None


@lru_cache(maxsize=20_000)
def type_of_name(name: str) -> EntityType | None:
    """Return the type that the end of a name suggests: TriviaQA, GraphSAGE-Net, BLEURTScore."""
    for kind, endings in _ENDINGS.items():
        if endings.search(name):
            return kind
    return None
