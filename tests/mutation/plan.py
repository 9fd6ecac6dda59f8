"""Which tests are asked about which file, and the mutants that are no faults."""

from __future__ import annotations

from pathlib import Path

import yaml

AGENTS, BANDITS = "tests/agents/", "tests/agents/bandits/"
NETWORKS, GRADIENT = "tests/agents/networks/", "tests/agents/policy_gradient/"
COMMON = (
    AGENTS + "test_agent_registry.py", AGENTS + "test_asking_agents.py", AGENTS + "test_saved.py",
)  # fmt: skip
AMENDED = AGENTS + "amended/"
TESTS: dict[str, tuple[str, ...]] = {
    "agents/__init__.py": (AGENTS + "test_agent_registry.py",),
    "agents/registry.py": (
        AGENTS + "test_agent_registry.py", AGENTS + "test_start.py", AGENTS + "test_checkpoint.py",
        AGENTS + "test_settings.py",
    ),
    "agents/lessons.py": (
        BANDITS + "test_lessons.py", BANDITS + "test_credit.py", GRADIENT + "test_lessons.py",
    ),
    "agents/saved.py": (
        AGENTS + "test_saved.py",
        AGENTS + "test_agent_registry.py", AGENTS + "test_start.py",
        GRADIENT + "test_policy_gradient.py",
    ),
    "agents/renamed.py": (AGENTS + "test_renamed.py",),
    "agents/whole.py": (AGENTS + "test_whole.py", AGENTS + "test_checkpoint.py"),
    "agents/bounded.py": (AGENTS + "test_bounded.py",),
    "agents/checkpoint.py": (
        AGENTS + "test_checkpoint.py", AGENTS + "test_renamed.py", AGENTS + "test_start.py",
    ),
    "agents/amended/agent.py": (AMENDED + "test_amended.py", *COMMON),
    "agents/amended/ledger.py": (AMENDED + "test_ledger.py", AMENDED + "test_amended.py"),
    "agents/amended/value.py": (AMENDED + "test_amended.py",),
    "agents/base.py": (
        AGENTS + "test_drawn.py", AGENTS + "test_agent_registry.py", BANDITS + "test_credit.py",
        BANDITS + "test_bandit_policies.py", AGENTS + "test_extremes.py",
    ),
    "agents/baselines.py": (
        AGENTS + "test_baselines.py", AGENTS + "test_agent_registry.py",
        AGENTS + "test_extremes.py",
    ),
    "agents/checks.py": (
        AGENTS + "test_checks.py", AGENTS + "test_settings.py",
        BANDITS + "test_bandit_policies.py",
    ),
    "agents/settings.py": (AGENTS + "test_settings.py", AGENTS + "test_agent_registry.py"),
    "agents/epsilon.py": (
        BANDITS + "test_bandit_policies.py", AGENTS + "values/test_smdp_q.py",
    ),
    "agents/values/targets.py": (AGENTS + "values/test_targets.py",),
    "agents/values/smdp_q.py": (AGENTS + "values/test_smdp_q.py",),
    "agents/bandits/posteriors.py": (
        BANDITS + "test_student_t.py", BANDITS + "test_thompson.py",
        BANDITS + "test_bandit_policies.py",
    ),
    "agents/bandits/best_arm.py": (BANDITS + "test_student_t.py", BANDITS + "test_thompson.py"),
    "agents/bandits/beta_log_odds.py": (BANDITS + "test_thompson.py",),
    "agents/bandits/thompson.py": (BANDITS + "test_thompson.py", BANDITS + "test_student_t.py"),
    "agents/bandits/gradient_bandit.py": (
        BANDITS + "test_gradient_bandit.py", BANDITS + "test_lessons.py",
    ),
    "agents/bandits/ucb.py": (BANDITS + "test_bandit_policies.py", BANDITS + "test_forgetting.py"),
    "agents/bandits/forgetting.py": (BANDITS + "test_forgetting.py",),
    "agents/bandits/credit.py": (BANDITS + "test_credit.py", BANDITS + "test_reward_range.py"),
    "agents/bandits/greedy.py": (BANDITS + "test_bandit_policies.py",),
    "agents/bandits/epsilon_greedy.py": (BANDITS + "test_bandit_policies.py",),
    "agents/bandits/base.py": (
        BANDITS + "test_lessons.py",
        BANDITS + "test_bandit_policies.py", BANDITS + "test_bandit_agent.py",
        BANDITS + "test_forgetting.py", AGENTS + "test_settings.py",
    ),
    "agents/bandits/linear.py": (BANDITS + "test_linear.py", BANDITS + "test_credit.py"),
    "agents/bandits/linucb.py": (BANDITS + "test_linear.py",),
    "agents/bandits/linear_thompson.py": (BANDITS + "test_linear.py",),
    "agents/bandits/reward_range.py": (
        BANDITS + "test_reward_range.py",
        BANDITS + "test_bandit_agent.py", BANDITS + "test_linear.py",
    ),
    "agents/bandits/sequential_halving.py": (AGENTS + "test_sequential_halving.py",),
    "agents/bandits/agent.py": (
        BANDITS + "test_bandit_agent.py", BANDITS + "test_credit.py",
        BANDITS + "test_forgetting.py",
    ),
    "agents/networks/softmax.py": (
        NETWORKS + "test_softmax.py", NETWORKS + "test_whole_numbers.py",
    ),
    "agents/networks/losses.py": (NETWORKS + "test_losses.py", NETWORKS + "test_whole_numbers.py"),
    "agents/networks/optimisers.py": (NETWORKS + "test_optimisers.py",),
    "agents/networks/mlp.py": (NETWORKS + "test_mlp.py", NETWORKS + "test_initialisation.py"),
    "agents/networks/activations.py": (
        NETWORKS + "test_mlp.py", NETWORKS + "test_whole_numbers.py",
    ),
    "agents/networks/backends.py": (NETWORKS + "test_backends.py",),
    "agents/networks/torch_mlp.py": (NETWORKS + "test_torch_mlp.py",),
    "agents/networks/floats.py": (NETWORKS + "test_whole_numbers.py",),
    "agents/policy_gradient/advantages.py": (
        GRADIENT + "test_advantages.py", GRADIENT + "test_scale.py",
    ),
    "agents/policy_gradient/batches.py": (GRADIENT + "test_batches.py",),
    "agents/policy_gradient/metrics.py": (GRADIENT + "test_metrics.py", GRADIENT + "test_scale.py"),
    "agents/policy_gradient/normaliser.py": (
        GRADIENT + "test_normaliser.py", GRADIENT + "test_scale.py",
    ),
    "agents/policy_gradient/surrogate.py": (
        GRADIENT + "test_policy_gradient.py", GRADIENT + "test_steps.py",
    ),
    "agents/policy_gradient/lessons.py": (GRADIENT + "test_lessons.py",),
    "agents/policy_gradient/prior.py": (
        GRADIENT + "test_prior.py", AMENDED + "test_amended.py",
        GRADIENT + "test_policy_gradient.py",
    ),
    "agents/policy_gradient/settings.py": (GRADIENT + "test_prior.py",),
    "agents/policy_gradient/agent.py": (
        GRADIENT + "test_steps.py", GRADIENT + "test_batches.py", GRADIENT + "test_metrics.py",
        GRADIENT + "test_scale.py", GRADIENT + "test_policy_gradient.py",
        GRADIENT + "test_prior.py", GRADIENT + "test_lessons.py", AGENTS + "test_start.py",
        *COMMON,
    ),
}  # fmt: skip
WITH_TORCH = ("agents/networks/backends.py", "agents/networks/torch_mlp.py")
IN = "  IN  "  # between a fault and its statement, where several faults are called alike
# file -> {fault: why nobody could tell}
EQUIVALENT: dict[str, dict[str, str]] = {
    file: {entry["fault"]: entry["why"] for entry in entries}
    for file, entries in yaml.safe_load(
        Path(__file__).with_name("equivalent.yaml").read_text()
    ).items()
}


def tests_of(path: Path) -> tuple[str, ...]:
    """Returns the tests of a file: those named above, else its room's, and what all agents do."""
    room = Path("tests", *path.parts[:-1])
    return TESTS.get(path.as_posix(), (room.as_posix(),)) + (
        COMMON if path.parts[1:2] == ("bandits",) else ()
    )
