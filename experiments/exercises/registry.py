"""Every lesson's questions."""

from __future__ import annotations

from experiments.exercises import bandits, context, dungeon, evidence, policies, softmax
from experiments.exercises.question import Question

LESSONS: dict[str, tuple[Question, ...]] = {
    "bandits": bandits.QUESTIONS,
    "dungeon": dungeon.QUESTIONS,
    "context": context.QUESTIONS,
    "softmax": softmax.QUESTIONS,
    "policies": policies.QUESTIONS,
    "evidence": evidence.QUESTIONS,
}
