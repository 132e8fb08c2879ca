package io.github.codnn.adapt;

import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.plan.TaskMetrics;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** What plans reach over a trace: frames of each plan in each state, and what moving costs. Not thread-safe. */
final class TraceRun {

    private static final int MAX_PLANNED = 100;

    private final AdaptivePlanner planner;
    private final List<BandwidthTrace.State> states;
    private final List<Scenario> scenarios = new ArrayList<>();
    private final List<PlanEvaluator> evaluators = new ArrayList<>();
    private final Map<Placement, Integer> indices = new LinkedHashMap<>();
    private final List<Placement> plans = new ArrayList<>();
    private final List<TraceComparison.Move> decisions = new ArrayList<>();
    final double[] lengths;
    final double[][] throughput; // [state][plan] frames a second
    final double[][] fill; // [state][plan] seconds until the first frame of a new pipeline

    TraceRun(AdaptivePlanner planner, List<BandwidthTrace.State> states) {
        this.planner = planner;
        this.states = states;
        lengths = new double[states.size()];
        throughput = new double[states.size()][];
        fill = new double[states.size()][];
        for (int state = 0; state < states.size(); state++) {
            scenarios.add(
                    planner.running().scenario().withPlatform(states.get(state).platform()));
            evaluators.add(PlanEvaluator.of(scenarios.get(state)));
            int from = Math.min(state, Math.max(0, states.size() - 2));
            lengths[state] = states.size() == 1
                    ? 1
                    : states.get(from + 1).seconds() - states.get(from).seconds();
        }
    }

    TraceComparison compare() {
        int[] fixed = new int[states.size()];
        index(planner.running().placement());
        int[] adaptive = adaptive();
        planOften();
        for (int state = 0; state < states.size(); state++) {
            evaluate(state);
        }
        List<int[]> others = List.of(fixed, adaptive);
        int[] oracle = new Oracle(this, useful(others)).best();
        TraceComparison.Outcome foreseen = outcome(oracle);
        TraceComparison.Outcome stays = outcome(fixed);
        TraceComparison.Outcome adapts = outcome(adaptive);
        for (TraceComparison.Outcome other : List.of(stays, adapts)) {
            foreseen = other.frames() > foreseen.frames() ? other : foreseen;
        }
        return new TraceComparison(stays, adapts, foreseen, decisions);
    }

    private int index(Placement placement) {
        return indices.computeIfAbsent(placement, added -> {
            plans.add(added);
            return plans.size() - 1;
        });
    }

    private int[] adaptive() {
        int[] decided = new int[states.size()];
        AdaptivePlanner current = planner;
        for (int state = 1; state < decided.length; state++) {
            AdaptivePlanner.Decision decision =
                    current.observe(states.get(state - 1).platform());
            if (decision.moves()) {
                decisions.add(new TraceComparison.Move(states.get(state).seconds(), decision.reason()));
            }
            current = decision.next();
            decided[state] = index(current.running().placement());
        }
        return decided;
    }

    /** Adds what the planner finds for states that are evenly spread over the trace. */
    private void planOften() {
        int step = 1 + (states.size() - 1) / MAX_PLANNED;
        Set<Platform> planned = new HashSet<>();
        for (int state = 0; state < states.size(); state += step) {
            Scenario scenario = scenarios.get(state);
            if (!planned.add(scenario.platform())) {
                continue;
            }
            planner.plannerFor(scenario)
                    .plan(scenario, planner.fitness())
                    .best()
                    .map(Plan::placement)
                    .ifPresent(this::index);
        }
    }

    private void evaluate(int state) {
        throughput[state] = new double[plans.size()];
        fill[state] = new double[plans.size()];
        for (int plan = 0; plan < plans.size(); plan++) {
            MetricsSnapshot metrics = evaluators.get(state).evaluate(plans.get(plan));
            boolean runs = metrics.impossible() == 0;
            fill[state][plan] = runs ? metrics.responseSeconds() : 0;
            throughput[state][plan] = runs
                    ? metrics.tasks().stream()
                            .mapToDouble(TaskMetrics::throughputPerSecond)
                            .sum()
                    : 0;
        }
    }

    /** Returns the plans that are the best in a state, or used by others. */
    private int[] useful(List<int[]> others) {
        boolean[] used = new boolean[plans.size()];
        others.forEach(each -> Arrays.stream(each).forEach(plan -> used[plan] = true));
        for (double[] rates : throughput) {
            int best = 0;
            for (int plan = 1; plan < rates.length; plan++) {
                best = rates[plan] > rates[best] ? plan : best;
            }
            used[best] = true;
        }
        return IntStream.range(0, used.length).filter(plan -> used[plan]).toArray();
    }

    int states() {
        return lengths.length;
    }

    HeldWeights atStart() {
        return HeldWeights.of(planner.running().scenario(), planner.running().placement());
    }

    HeldWeights after(HeldWeights held, int state, int plan) {
        return held.after(scenarios.get(state), plans.get(plan));
    }

    /** Returns the time without frames of a move to a plan. */
    double stall(HeldWeights held, int state, int plan) {
        return fill[state][plan] + held.secondsToDeploy(scenarios.get(state), plans.get(plan));
    }

    /** Returns what a sequence of plans, one for each state, reaches. */
    TraceComparison.Outcome outcome(int[] sequence) {
        double frames = 0;
        double stalled = 0;
        int moves = 0;
        int running = 0;
        HeldWeights held = atStart();
        List<Double> rates = new ArrayList<>();
        for (int state = 0; state < sequence.length; state++) {
            int plan = sequence[state];
            double seconds = lengths[state];
            if (plan != running) {
                double stall = stall(held, state, plan);
                held = after(held, state, plan);
                moves++;
                stalled += stall;
                seconds -= stall;
                running = plan;
            }
            rates.add(throughput[state][plan]);
            frames += seconds * throughput[state][plan];
        }
        return new TraceComparison.Outcome(
                Math.max(0, frames), Arrays.stream(lengths).sum(), moves, stalled, rates);
    }
}
