package io.github.codnn.closest;

import io.github.codnn.plan.RunRecord.LeastValue;
import io.github.codnn.plan.Violation;
import io.github.codnn.scenario.Scenario;

/**
 * Which constraints a search counts, and which one it frees to minimise its quantity instead.
 *
 * @param freed the constraint that does not count
 * @param index the task of a deadline or the device of a memory; 0 for others, which count over all tasks
 * @param others which of the others count
 */
record Relaxation(Violation.Constraint freed, int index, LeastValue.Others others) {

    boolean frees(Violation.Constraint constraint, int limited) {
        return freed == constraint && index == limited;
    }

    /** Tells whether limits such as deadlines, memory and stages count. */
    boolean countsLimits() {
        return others == LeastValue.Others.KEPT;
    }

    /** Tells whether links, pins and where layers can run count. */
    boolean countsPhysical() {
        return others != LeastValue.Others.NONE;
    }

    /** Tells whether plans may be physically impossible. */
    boolean allowsImpossible() {
        return !countsPhysical()
                || freed == Violation.Constraint.LINK
                || freed == Violation.Constraint.PINNED
                || freed == Violation.Constraint.FORBIDDEN;
    }

    /** Tells whether a violation of a whole placement counts. */
    boolean counts(Violation broken, Scenario scenario) {
        boolean isFreed = broken.constraint() == freed
                && (isOfAll(freed) || broken.subject().equals(subject(scenario)));
        return !isFreed && (broken.isImpossible() ? countsPhysical() : countsLimits());
    }

    /** Tells whether a constraint is one for all tasks and devices together. */
    static boolean isOfAll(Violation.Constraint constraint) {
        return constraint != Violation.Constraint.DEADLINE && constraint != Violation.Constraint.MEMORY;
    }

    /** Returns the name of the task or the device; nothing for a constraint of all. */
    String subject(Scenario scenario) {
        if (isOfAll(freed)) {
            return "";
        }
        return freed == Violation.Constraint.MEMORY
                ? scenario.deviceNames().get(index)
                : scenario.workload().tasks().get(index).name();
    }
}
