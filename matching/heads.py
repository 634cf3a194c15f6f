"""What the last word of a long form or of a phrase in capitals shows: a technique, a task, a thing.

The nouns were read off the commonest last words of what papers abbreviate.
"""

import re
from functools import lru_cache
from typing import Final

from matching.phrases import type_of_phrase

_NOUNS: Final = {
    "metric": (
        "rate error score ratio distance index accuracy precision recall coefficient divergence "
        "discrepancy metric measure f1 bleu"
    ),
    "kinds": "models networks agents llms experts",
    "technique": (
        "optimization chain-of-thought distillation attention mixture-of-experts search inference "
        "quantization guidance matching descent decomposition decoding sampling transform loss "
        "tuning fusion minimization maximization regularization augmentation prompting propagation "
        "encoding regression pruning projection calibration aggregation masking splatting "
        "normalization filter filtering averaging mechanism weighting convolution merging "
        "initialization steering replay scheduling refinement selection alignment "
        "self-distillation cross-attention algorithm update clustering scheme policy objective "
        "module layer unit block loop planner simulator generator adapter adapters kernel squares "
        "tree trees rewriting actor-critic priors prior carlo sgd rollout transport dropout "
        "expectation-maximization"
    ),
    "task": (
        "generation recognition translation processing answering detection prediction estimation "
        "extraction retrieval reasoning segmentation super-resolution understanding classification "
        "question-answering assessment text-to-speech correction synthesis identification control "
        "navigation tracking editing enhancement comprehension restoration grounding localization "
        "mining recommendation parsing captioning planning disambiguation labeling summarization "
        "reconstruction rendering try-on re-identification modeling modelling diagnosis dialogue "
        "forecasting communication communications verification management analysis perception "
        "similarity removal completion inpainting deconvolution imitation discovery monitoring "
        "driving design manipulation interaction"
    ),
    "thing": (
        "learning intelligence graph graphs system systems equation equations language languages "
        "field fields imaging information memory representation representations interface "
        "interfaces tomography process processes vehicle vehicles machine machines "
        "state-of-the-art out-of-distribution reward rewards feedback vision-language-action agent "
        "problem problems theory data image images disease game games environment environments "
        "state station things reality signal signals path"
    ),
}
_KIND_OF_NOUN: Final = {noun: kind for kind, nouns in _NOUNS.items() for noun in nouns.split()}
_ENDINGS: Final = (("ing", "ing"), ("tion", "tion"), ("ment", "tion"))
_WORD = re.compile(r"[^\W_][\w-]*")


@lru_cache(maxsize=20_000)
def kind_of_head(phrase: str) -> str:
    """Return what the last word of a phrase shows: a kind of noun above, a type, or its ending."""
    words = _WORD.findall(phrase.lower())
    last = words[-1] if words else ""
    for word in (last, last.removesuffix("s"), last.rsplit("-", 1)[-1]):
        if word in _KIND_OF_NOUN:
            return _KIND_OF_NOUN[word]
    kind = type_of_phrase(phrase, is_exact=True)
    if kind:
        return kind
    endings = (shown for ending, shown in _ENDINGS if last.endswith(ending))
    return "plural" if last.endswith("s") else next(endings, "unknown")
