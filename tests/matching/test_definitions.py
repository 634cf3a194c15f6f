"""What a paper introduces by itself, rule by rule."""

import pytest

from matching.definitions import definitions


def defined(title="", abstract=""):
    return {
        found.name: (found.entity_type, found.rule)
        for found in definitions(title, abstract)
        if found.rule != "refused"
    }


@pytest.mark.parametrize(
    ("title", "abstract", "expected"),
    [
        pytest.param(
            "GraphLift: Parsing Graphs", "", {"GraphLift": (None, "title")}, id="a shaped name"
        ),
        pytest.param(
            "Zorvex: Parsing Graphs",
            "Zorvex parses graphs.",
            {"Zorvex": (None, "title")},
            id="a capitalised word that recurs",
        ),
        pytest.param("Zorvex: Parsing Graphs", "It parses.", {}, id="a word that does not recur"),
        pytest.param(
            "GraphLift - Parsing Graphs", "", {"GraphLift": (None, "title")}, id="a dash for it"
        ),
        pytest.param(
            "The ZorBench: Trees", "", {"ZorBench": ("dataset", "title")}, id="an article before"
        ),
        pytest.param(
            "{GraphLift}: Trees", "", {"GraphLift": (None, "title")}, id="braces around it"
        ),
        pytest.param(
            "Zorvex and QuillNet: Two Models for Graphs",
            "Zorvex and QuillNet parse graphs.",
            {"Zorvex": ("model", "title"), "QuillNet": ("model", "title")},
            id="two names",
        ),
        pytest.param(
            "GraphLift: A Benchmark for Trees",
            "",
            {"GraphLift": ("dataset", "title")},
            id="its subtitle says what it is",
        ),
        pytest.param("Is ZorBench Enough? A Study", "", {}, id="a question without a colon"),
        pytest.param("Benchmarks: A Survey", "Benchmarks are many.", {}, id="a generic word"),
        pytest.param("LLMs: A Survey", "LLMs are many.", {}, id="a generic abbreviation"),
        pytest.param("GraphKit: Graphs", "GraphKit is a library for graphs.", {}, id="a library"),
    ],
)
def test_a_title_opens_with_a_name(title, abstract, expected):
    assert defined(title, abstract) == expected


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        pytest.param("We propose Zorvex, which parses.", {"Zorvex": (None, "proposed")}, id="we"),
        pytest.param(
            "In this paper, we introduce the Zorvex model.",
            {"Zorvex": ("model", "proposed")},
            id="with its noun behind",
        ),
        pytest.param(
            "This work presents a method, Zorvex, that prunes.",
            {"Zorvex": ("method", "proposed")},
            id="with its noun before",
        ),
        pytest.param(
            "We propose Tree Former Networks.",
            {"Tree Former": ("model", "proposed")},
            id="of two words, without its noun",
        ),
        pytest.param(
            "We propose \\textbf{GraphLift}, a model.",
            {"GraphLift": ("model", "proposed")},
            id="in bold LaTeX",
        ),
        pytest.param(
            "We propose **GraphLift**, a model.",
            {"GraphLift": ("model", "proposed")},
            id="in bold Markdown",
        ),
        pytest.param(
            "We release a new ZorCorp dataset.",
            {"ZorCorp": ("dataset", "proposed")},
            id="new X dataset",
        ),
        pytest.param(
            "There is a new ZorCorp dataset.",
            {"ZorCorp": ("dataset", "described")},
            id="new X dataset without a verb",
        ),
        pytest.param(
            "There is a new dataset (ZorCorp) of news.",
            {"ZorCorp": ("dataset", "described")},
            id="new dataset (X)",
        ),
        pytest.param("Our GraphLift is fast.", {"GraphLift": (None, "described")}, id="our X"),
        pytest.param("Our Zorvex is fast.", {}, id="our and a word without shape"),
        pytest.param("A framework called Zorvex wins.", {"Zorvex": ("method", "proposed")}, id="c"),
        pytest.param("We train a model, dubbed Zorvex.", {"Zorvex": ("model", "proposed")}, id="d"),
        pytest.param(
            "It is a benchmark which we call ZorBench.",
            {"ZorBench": ("dataset", "proposed")},
            id="which we call",
        ),
        pytest.param(
            "A metric, termed `ZorRank`, wins.",
            {"ZorRank": ("metric", "proposed")},
            id="termed, in backticks",
        ),
        pytest.param(
            "GraphLift is a novel framework for trees.",
            {"GraphLift": ("method", "described")},
            id="is a novel",
        ),
        pytest.param(
            "GraphLift, a new benchmark for trees, is hard.",
            {"GraphLift": ("dataset", "described")},
            id="a new",
        ),
        pytest.param(
            "GraphLift is a framework for trees.",
            {"GraphLift": ("method", "context")},
            id="described as nothing new",
        ),
        pytest.param("SQL is a challenge. II is a model.", {}, id="described, but no name"),
        pytest.param(
            "We test ZorBench, a suite of 54 tasks.",
            {"ZorBench": ("dataset", "context")},
            id="a suite of tasks",
        ),
        pytest.param(
            "We release Zor1, a question answering (QA) benchmark.",
            {"Zor1": ("dataset", "proposed"), "QA": (None, "abbreviation")},
            id="described across brackets",
        ),
        pytest.param(
            "On two benchmarks, GraphLift wins.", {}, id="the noun of a clause that leads to it"
        ),
        pytest.param(
            "We propose GraphLift. On hard benchmarks, GraphLift wins.",
            {"GraphLift": (None, "proposed")},
            id="typed by no clause that leads to it",
        ),
        pytest.param(
            "In tests, our model GraphLift wins.", {"GraphLift": ("model", "described")}, id="our"
        ),
        pytest.param("We use our method on dataset ZorSet.", {}, id="our method on another's"),
        pytest.param("Compared with GraphLift, our model wins.", {}, id="ours is compared with it"),
        pytest.param(
            "We introduce iBKD, a framework.", {"iBKD": ("method", "proposed")}, id="low first"
        ),
        pytest.param("We propose a human-AI framework.", {}, id="a word joined to another"),
        pytest.param("We release the first Japanese corpus.", {}, id="a language"),
        pytest.param(
            "To this end, we collect ZorSet, which is hard.",
            {"ZorSet": ("dataset", "proposed")},
            id="b",
        ),
        pytest.param("We build GPU-friendly kernels.", {}, id="built, but a modifier"),
        pytest.param("We term it ZorNet.", {"ZorNet": ("model", "proposed")}, id="we term"),
        pytest.param(
            "Results show that GraphLift consistently outperforms rivals.",
            {"GraphLift": (None, "claimed")},
            id="what results speak for",
        ),
        pytest.param(
            "We call this training method ZorTune.", {"ZorTune": ("method", "proposed")}, id="n"
        ),
        pytest.param("We term this behavior ZorDrift.", {}, id="a behavior"),
        pytest.param("Results show that CNNs achieve much.", {}, id="many of a kind"),
        pytest.param(
            "We release GraphLift, a framework. GraphLift-7B wins on GraphLift-Bench.",
            {
                "GraphLift": ("method", "proposed"),
                "GraphLift-7B": ("model", "proposed"),
                "GraphLift-Bench": ("dataset", "proposed"),
            },
            id="names that go on from it",
        ),
        pytest.param(
            "Our system for SemEval-2020 Task 5 won.",
            {"SemEval-2020 Task 5": ("dataset", "task")},
            id="a shared task by number",
        ),
        pytest.param(
            'We propose a method called "mixout".',
            {"mixout": ("method", "proposed")},
            id="lower case in quotes",
        ),
        pytest.param("We propose mixout today.", {}, id="lower case without quotes"),
        pytest.param("We propose a Fisher mask for tuning.", {}, id="a person in a term"),
        pytest.param("We present a novel Zorvian framework.", {}, id="an adjective"),
        pytest.param(
            "We present a novel ZorNet framework.",
            {"ZorNet": ("method", "proposed")},
            id="a name of that place",
        ),
        pytest.param("We propose a ZorNet-based method.", {}, id="what it is based on"),
        pytest.param("We release the German dataset.", {}, id="a language"),
        pytest.param("We propose Zorvex Learning.", {}, id="a phrase without its last word"),
        pytest.param("We propose Zor\u2013Vex nets.", {}, id="half of a name"),
        pytest.param(
            "We propose ZorVex$^2$, which parses.",
            {"ZorVex$^2$": (None, "proposed")},
            id="with a superscript",
        ),
        pytest.param("We propose LLMs, NLP and RL.", {}, id="generic abbreviations"),
        pytest.param("We propose a new task, GraphTalk.", {}, id="a task"),
        pytest.param("We release a library, GraphKit, for graphs.", {}, id="a library"),
        pytest.param("GraphKit is a novel toolkit.", {}, id="a toolkit"),
        pytest.param("We propose to train with GraphLift.", {}, id="what it is made with"),
    ],
)
def test_an_abstract_introduces_a_name(abstract, expected):
    assert defined(abstract=abstract) == expected


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        pytest.param(
            "We release two new datasets, ZorNews and ZorTalk.",
            {"ZorNews": ("dataset", "proposed"), "ZorTalk": ("dataset", "described")},
            id="of two",
        ),
        pytest.param(
            "There are three new models: ZorA1, ZorB1, and ZorC1.",
            dict.fromkeys(("ZorA1", "ZorB1", "ZorC1"), ("model", "described")),
            id="of three, behind a colon",
        ),
        pytest.param(
            "Tests on two datasets, ZorNews and ZorTalk, succeed.",
            {"ZorNews": ("dataset", "context"), "ZorTalk": ("dataset", "context")},
            id="of other people's",
        ),
        pytest.param("Tests on two tasks, ZorNews and ZorTalk.", {}, id="of tasks"),
        pytest.param(
            "On our dataset, ZorNews and ZorTalk win.",
            {"ZorNews": (None, "described")},
            id="no list of datasets",
        ),
    ],
)
def test_a_list_names_each_of_its_items(abstract, expected):
    assert defined(abstract=abstract) == expected


@pytest.mark.parametrize(
    ("abstract", "expected"),
    [
        pytest.param("Results on the ZorBench benchmark.", {"ZorBench": "dataset"}, id="benchmark"),
        pytest.param(
            "Results on ZorNews, ZorTalk and ZorMail datasets.",
            {"ZorNews": "dataset", "ZorTalk": "dataset", "ZorMail": "dataset"},
            id="list",
        ),
        pytest.param(
            "Runs on ZorNews/ZorTalk corpora.",
            {"ZorNews": "dataset", "ZorTalk": "dataset"},
            id="slash",
        ),
        pytest.param("The ZorNet model wins.", {"ZorNet": "model"}, id="model"),
        pytest.param("A ZorRank score of 3.", {"ZorRank": "metric"}, id="metric"),
        pytest.param("BERT-based models and GPT-like models win.", {}, id="modifiers"),
        pytest.param("RL models and LLM models win.", {}, id="generic names"),
        pytest.param("The Zor models win.", {}, id="a word without shape"),
        pytest.param("AB datasets win.", {}, id="two letters"),
        pytest.param("The ZorNet method wins.", {}, id="methods are named by too many words"),
    ],
)
def test_a_noun_beside_a_name_types_it(abstract, expected):
    assert defined(abstract=abstract) == {
        name: (kind, "context") for name, kind in expected.items()
    }


def test_a_long_form_and_its_short_form_are_one_definition():
    (found,) = definitions("", "We propose Sparse Mixture Tuning (SMT), a framework.")
    assert (found.name, found.entity_type, found.rule) == ("SMT", "method", "proposed")
    assert found.spellings == ("SMT", "Sparse Mixture Tuning")


@pytest.mark.parametrize("verb", ["study", "model", "test", "measure"])
def test_a_verb_before_a_name_is_no_noun(verb):
    assert defined("ZorvA: Trees", f"We {verb} ZorvA.") == {"ZorvA": (None, "title")}


def test_a_subtitle_that_spells_the_name_is_its_long_form():
    (found,) = definitions("GLIFT: Graph Lifting and Informed Fast Trees for Speech", "")
    assert found.spellings == ("GLIFT", "Graph Lifting and Informed Fast Trees")


def test_a_title_that_is_the_long_form_introduces_the_short_form():
    title = "Attention over Fast Trees"
    (found,) = definitions(title, f"We study {title} (AFT).")
    assert (found.name, found.rule) == ("AFT", "title")


def test_an_abbreviation_alone_has_no_type_and_introduces_nothing():
    (found,) = definitions("", "We use Low-Rank Adaptation (LoRA).")
    assert (found.entity_type, found.rule) == (None, "abbreviation")


def test_the_words_beside_a_name_outweigh_its_ending():
    assert defined(abstract="We propose ZorNet, a benchmark.") == {
        "ZorNet": ("dataset", "proposed")
    }
    assert defined(abstract="We propose ZorNet.") == {"ZorNet": ("model", "proposed")}


def test_each_name_is_defined_once():
    text = "We propose ZorNet. Our ZorNet is a new model. The ZorNet model wins."
    assert [found.name for found in definitions("ZorNet: Trees", text)] == ["ZorNet"]
