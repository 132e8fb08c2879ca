package io.github.codnn.simulate;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.plan.OpenedBlocks;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.PlanMetrics;
import io.github.codnn.plan.Violation;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.StagesPerDevice;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides whether plans keep their deadlines as streams of frames. The closed form of {@link PlanMetrics} is a lower
 * bound where frames wait for each other: a plan that keeps a deadline in closed form is feasible only if a simulation
 * ({@link ClosedFormCheck}) keeps it, too. All searches and the reader of plan files use this one rule.
 *
 * <p>Immutable and thread-safe if the cost model is.
 */
public final class StreamCheck {

    private final Scenario scenario;
    private final boolean needed;

    private StreamCheck(Scenario scenario) {
        this.scenario = scenario;
        needed = scenario.workload().tasks().stream()
                        .anyMatch(task -> task.deadline().isPresent())
                && !isExact(scenario);
    }

    /**
     * Makes a check for the plans of a scenario, in O(L + E) time for L layers and E tensor uses.
     *
     * @param scenario the scenario
     * @return the check
     */
    public static StreamCheck of(Scenario scenario) {
        return new StreamCheck(scenario);
    }

    /**
     * Tells whether a plan may keep its deadlines in closed form and miss one in a simulation.
     *
     * @return false if no task has a deadline or the closed form is exact for all feasible plans, as for one chain
     *     whose frames visit each device and link once
     */
    public boolean isNeeded() {
        return needed;
    }

    /**
     * Adds the deadlines that only a simulation shows to be missed to the violations of a plan. Simulates only where
     * the plan keeps all constraints in closed form, and the closed form is not proven to be exact for it. A plan whose
     * simulation would be too large is returned as it is.
     *
     * @param plan a plan of the scenario, in closed form
     * @return the plan, which is feasible only if it keeps its deadlines in the simulation, too
     */
    public Plan applyTo(Plan plan) {
        Objects.requireNonNull(plan, "plan");
        if (!needed || !plan.metrics().feasible() || FrameSpans.neverMeet(scenario, plan.placement())) {
            return plan;
        }
        List<Violation> missed;
        try {
            missed = ClosedFormCheck.of(plan).tasks().stream()
                    .map(ClosedFormCheck.TaskTimes::missedDeadline)
                    .flatMap(Optional::stream)
                    .toList();
        } catch (CodnnException tooLarge) {
            return plan;
        }
        return missed.isEmpty() ? plan : plan.withViolations(missed);
    }

    /** Tells whether the frames of any feasible plan visit each resource once, so that they never wait. */
    private static boolean isExact(Scenario scenario) {
        List<Task> tasks = OpenedBlocks.of(scenario).scenario().workload().tasks();
        Task first = tasks.get(0);
        LayerGraph graph = first.graph();
        boolean passesOnce = first.source().isEmpty()
                || first.sink().isEmpty()
                || first.source().equals(first.sink());
        return tasks.size() == 1
                && graph.isChain()
                && !graph.hasBypass()
                && passesOnce
                && scenario.rules().transfers() == TransferMode.OVERLAPPED
                && scenario.rules().stagesPerDevice() == StagesPerDevice.ONE
                && scenario.platform().media().isEmpty();
    }
}
