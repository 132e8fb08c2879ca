package io.github.codnn.replan;

import io.github.codnn.CodnnException;
import io.github.codnn.adapt.AdaptivePlanner;
import io.github.codnn.cost.CostModel;
import io.github.codnn.observe.Watch;
import io.github.codnn.plan.Plan;
import io.github.codnn.platform.Platform;
import io.github.codnn.run.Replanning;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Moves a running pipeline to another plan as soon as that pays under the conditions that the run observes
 * ({@link AdaptivePlanner}), and plans again if a device is lost for good. For one run, not thread-safe.
 */
final class AdaptiveReplanner implements Replanning, Watch {

    private final Replanner replanner;
    private final CostModel costs;
    private final Scenario described;
    private AdaptivePlanner planner;
    private AdaptivePlanner before;
    private Scenario present;

    /**
     * Begins to adapt.
     *
     * @param replanner what splits the model; closed by whoever made it
     * @param planner decides; it watches the plan that the run starts with
     * @throws CodnnException if a stage of the plan is served elsewhere
     */
    AdaptiveReplanner(Replanner replanner, AdaptivePlanner planner) {
        this.replanner = replanner;
        this.planner = planner;
        this.before = planner;
        this.described = planner.running().scenario();
        this.costs = described.costModel();
        this.present = described;
        planner.running().placement().deviceByLayer().values().stream()
                .flatMap(devices -> devices.values().stream())
                .distinct()
                .forEach(this::checkRuns);
    }

    private void checkRuns(String name) {
        Platform platform = described.platform();
        String endpoint = platform.devices().get(platform.indexOf(name)).endpoint();
        if (!endpoint.isEmpty()) {
            throw new CodnnException("The plan has stages that are served at " + endpoint + " (device '" + name
                    + "'). No other plan can be served there: run without --adapt");
        }
    }

    @Override
    public Optional<Watch> watch() {
        return Optional.of(this);
    }

    @Override
    public Platform described() {
        return described.platform();
    }

    @Override
    public Set<String> ends() {
        Set<String> ends = new LinkedHashSet<>();
        for (Task task : described.workload().tasks()) {
            task.source().ifPresent(ends::add);
            task.sink().ifPresent(ends::add);
        }
        return ends;
    }

    @Override
    public Decision observe(Platform observed, Set<String> devices) {
        present = described.withPlatform(observed);
        AdaptivePlanner.Decision decision = planner.observe(observed, new PresentDevices(costs, devices));
        before = planner;
        planner = decision.next();
        if (!decision.moves()) {
            return new Decision(Optional.empty(), decision.reason());
        }
        try {
            return new Decision(Optional.of(replanner.split(decision.plan())), decision.reason());
        } catch (CodnnException e) {
            stayed();
            throw e;
        }
    }

    @Override
    public void stayed() {
        planner = before;
    }

    @Override
    public Path onto(Set<String> devices) {
        Plan plan = replanner.planFor(present, devices);
        planner = planner.restarted(plan);
        before = planner;
        return replanner.split(plan);
    }
}
