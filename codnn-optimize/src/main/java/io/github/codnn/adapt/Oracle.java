package io.github.codnn.adapt;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The sequence of plans that finishes the most frames over a trace, by dynamic programming over its states with labels:
 * for each plan the histories of which none has both fewer frames and no weights that another lacks. Keeps a few.
 */
final class Oracle {

    private static final int MAX_LABELS = 8;

    private final TraceRun run;
    private final int[] plans;

    /** A history that ends with a plan. */
    private record Label(int plan, double frames, HeldWeights held, Optional<Label> before) {

        boolean dominates(Label other) {
            return frames >= other.frames && held.includes(other.held);
        }
    }

    /**
     * Prepares the search.
     *
     * @param run the trace
     * @param plans the plans to choose from, with the one that runs first
     */
    Oracle(TraceRun run, int[] plans) {
        this.run = run;
        this.plans = plans;
    }

    /** Returns the plan of each state. */
    int[] best() {
        List<Label> labels = List.of(new Label(plans[0], 0, run.atStart(), Optional.empty()));
        for (int state = 0; state < run.states(); state++) {
            labels = extend(labels, state);
        }
        Label last = Collections.max(labels, Comparator.comparingDouble(Label::frames));
        int[] sequence = new int[run.states()];
        for (int state = run.states() - 1; state >= 0; state--) {
            sequence[state] = last.plan;
            last = last.before.orElseThrow();
        }
        return sequence;
    }

    private List<Label> extend(List<Label> labels, int state) {
        List<Label> next = new ArrayList<>();
        for (int plan : plans) {
            double frames = run.lengths[state] * run.throughput[state][plan];
            List<Label> kept = new ArrayList<>();
            for (Label label : labels) {
                if (label.plan == plan) {
                    add(kept, new Label(plan, label.frames + frames, label.held, Optional.of(label)));
                }
            }
            for (Label label : labels) {
                Label free = new Label(plan, label.frames + frames, label.held, Optional.of(label));
                if (label.plan != plan && kept.stream().noneMatch(each -> each.dominates(free))) {
                    double stall = run.stall(label.held, state, plan);
                    if (stall < Double.POSITIVE_INFINITY) {
                        double left = free.frames - stall * run.throughput[state][plan];
                        add(kept, new Label(plan, left, run.after(label.held, state, plan), Optional.of(label)));
                    }
                }
            }
            next.addAll(kept);
        }
        return next;
    }

    private static void add(List<Label> kept, Label label) {
        if (kept.stream().anyMatch(each -> each.dominates(label))) {
            return;
        }
        kept.removeIf(label::dominates);
        kept.add(label);
        if (kept.size() > MAX_LABELS) {
            kept.remove(Collections.min(kept, Comparator.comparingDouble(Label::frames)));
        }
    }
}
