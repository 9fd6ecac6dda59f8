"""Configs, overrides, suites and folders of several runs, forged."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from experiments.config.models import find, load
from experiments.config.names import CONFIGS
from experiments.config.writing import to_yaml
from experiments.suites.folders import read_group, read_suite
from experiments.suites.model import load_suite, suites
from experiments.suites.variants import variants
from fuzz.forge import NASTY, TOKENS, damaged_content, damaged_text
from fuzz.measure import Reader

PACKAGED = [path for path in sorted(CONFIGS.glob("*.yaml")) if "torch" not in path.stem]
TEXTS = [path.read_text(encoding="utf-8") for path in PACKAGED]
SUITES = [path.read_text(encoding="utf-8") for path in suites().values()]
SMALL = {
    "name": "x", "seed": 1,
    "env": {"game": "stub", "macros": ["explore", "fight"], "reward": {"points": 1.0},
            "stub": {"levels": 2, "maps": []}, "features": ["health"], "discount": 0.9},
    "agent": {"name": "policy_gradient", "hidden": [8], "clip": 0.2},
    "train": {"games": 4, "futures": {"states": 2}}, "evaluate": {"games": 2},
}  # fmt: skip
KEYS = ["seed", "name", "env", "env.reward", "env.macros", "env.stub.maps", "env.stub.levels",
        "agent", "agent.name", "agent.hidden", "agent.clip", "agent.lesson_memory", "train.games",
        "train.futures", "evaluate.baseline", "on", "", ".", "a" * 3_000, "env." * 40 + "x",
        "agent.epsilon", "env.max_turns", "env.character", "env.discount", "[/b]"]  # fmt: skip
SEVERAL = {"name": "s", "seeds": [0, 1], "groups": ["a"], "evaluate": {"games": 3, "block": 1}}


def _config(rng: random.Random, folder: Path) -> Path:
    text = rng.choice((lambda: damaged_text(rng, rng.choice(TEXTS)),
                       lambda: to_yaml(damaged_content(rng, SMALL)),
                       lambda: damaged_text(rng, to_yaml(damaged_content(rng, SMALL))),
                       lambda: "".join(rng.choices(TOKENS, k=rng.randint(1, 12)))))()  # fmt: skip
    return _written(folder / "config.yaml", text)


def _override(rng: random.Random, folder: Path) -> tuple[str, ...]:
    def value() -> str:
        return rng.choice((lambda: to_yaml(rng.choice(NASTY)),
                           lambda: "".join(rng.choices(TOKENS, k=rng.randint(1, 4))),
                           lambda: str(rng.choice(NASTY))))()  # fmt: skip

    return tuple(f"{rng.choice(KEYS)}={value()}" for _ in range(rng.randint(1, 3)))


def _suite(rng: random.Random, folder: Path) -> Path:
    content = {
        "configs": ["random", {"config": "ucb", "set": {"agent.c": 1.0}}], "seeds": 2,
        "sweep": {"env.discount": {"low": 0.5, "high": 0.9, "steps": 3}},
        "set": {"env.game": "stub"}, "characters": [], "tasks": ["score"], "evaluate": {"games": 5},
    }  # fmt: skip
    damaged = rng.random() < 0.7
    text = to_yaml(damaged_content(rng, content)) if damaged else rng.choice(SUITES)
    return _written(folder / "suite.yaml", text if damaged else damaged_text(rng, text))


def _several(rng: random.Random, folder: Path) -> Path:
    for name in ("group.yaml", "suite.yaml"):
        text = to_yaml(damaged_content(rng, SEVERAL))
        _written(folder / name, damaged_text(rng, text) if rng.random() < 0.3 else text)
    return folder


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    return path


def _bombs(folder: Path) -> Iterator[tuple[str, Path]]:
    laughs = "".join(f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 10)}]\n" for i in range(1, 12))
    agent = "agent: {name: policy_gradient, hidden: "
    texts = {
        "billion laughs": f"l0: &l0 [x]\n{laughs}agent: {{name: random}}",
        "billion laughs in macros": f"l0: &l0 [x]\n{laughs}env: {{macros: *l11}}",
        "60,000 keys": "".join(f"k{i}: 1\n" for i in range(60_000)),
        "9,000 keys": "".join(f"k{i}: 1\n" for i in range(9_000)),
        "9,000 rewards": f"env: {{reward: {{{', '.join(f'p{i}: 1' for i in range(9_000))}}}}}",
        "10 MB list": f"a: [{'1, ' * 3_500_000}]",
        "250 KB list": f"a: [{'1,' * 124_000}]",
        "100,000 layers": f"{agent}[{', '.join('1' * 1 for _ in range(100_000))}]}}",
        "wide layers": f"{agent}[100000, 100000]}}",
        "layers at the cap": f"{agent}[2000, 2000], precision: float64}}",
        "memory": f"{agent}[8], lesson_memory: 100000}}",
        "deep": "a: " + "[" * 240_000,
        "deep block": "".join(f"{' ' * i}a:\n" for i in range(1_000)),
        "digits": f"seed: {'9' * 240_000}",
        "long comment": "#" * 240_000,
        "long text": f"name: {'x' * 240_000}",
        "long quoted": f'name: "{chr(92)}n{"ab " * 80_000}"',
        "maps": "env: {stub: {maps: [" + ", ".join(["'@'"] * 2_000) + "]}}",
        "question marks": "? " * 120_000,
        "anchors": "".join(f"&a{i} k{i}: *a{i}\n" for i in range(5_000)),
    }  # fmt: skip
    for name, text in texts.items():
        yield name, _written(folder / "config.yaml", text)
    zero = folder / "endless.yaml"
    zero.symlink_to("/dev/zero")
    yield "a device", zero


def _suite_bombs(folder: Path) -> Iterator[tuple[str, Path]]:
    lists = {f"agent.x{i}": list(range(100)) for i in range(9)}
    contents = {
        "sweep": {"configs": ["random"], "sweep": lists},
        "steps": {"configs": ["random"], "sweep": {"seed": {"low": 0, "high": 1, "steps": 10**9}}},
        "seeds": {"configs": ["random"], "seeds": 10**9},
        "a device": {"configs": ["/dev/zero"]},
        "a pipe": {"configs": ["/dev/stdin"]},
    }
    for name, content in contents.items():
        yield name, _written(folder / "suite.yaml", to_yaml(content))


READERS = (
    Reader("configs", _config, load, _bombs),
    Reader("overrides", _override, lambda given: load(find("quickstart"), given)),
    Reader("suites", _suite, lambda path: variants(load_suite(path)), _suite_bombs),
    Reader("groups", _several, lambda folder: (_ignored(read_group, folder), read_suite(folder))),
)


def _ignored(read, folder):
    """Reads the first of two files, so that the second is reached as well."""
    from experiments.errors import UserError

    try:
        return read(folder)
    except UserError:
        return None
