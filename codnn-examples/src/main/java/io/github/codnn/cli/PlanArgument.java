package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import io.github.codnn.json.PlanJson;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.RunRecord;
import io.github.codnn.planner.Planner;
import io.github.codnn.problem.Fitness;
import io.github.codnn.problem.Objective;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A plan file, and how to plan anew. */
final class PlanArgument {

    /** The greatest relative difference of two figures that are equal but for rounding. */
    private static final double TOLERANCE = 1e-6;

    @Parameters(paramLabel = "PLAN", description = "A plan file (JSON), as codnn plan --out writes it.")
    private Path file = Path.of("");

    @Mixin
    private SearchArguments searches = new SearchArguments();

    /** Reads the plan; one whose figures are not its own is refused. */
    Plan read() {
        return read(file);
    }

    /** Reads a plan; one whose figures are not its own is refused. */
    static Plan read(Path file) {
        PlanJson.Checked checked = PlanJson.readChecked(file);
        List<String> faults = contradictions(checked);
        if (!faults.isEmpty()) {
            throw new CodnnException(
                    file + ": " + faults.get(0) + ". Plan again, or let codnn simulate list what is wrong");
        }
        return checked.plan();
    }

    /** Lists the figures of a plan file that are not those of its placement. */
    static List<String> contradictions(PlanJson.Checked checked) {
        Plan plan = checked.plan();
        List<String> faults = new ArrayList<>();
        plan.run().ifPresent(run -> {
            double value = objective(run.objective())
                    .map(objective -> objective.of(plan.metrics()))
                    .orElse(run.value());
            if (Math.abs(value - run.value()) > TOLERANCE * Math.max(Math.abs(value), Math.abs(run.value()))) {
                faults.add(
                        "value is " + run.value() + ", but the " + run.objective() + " of the placement is " + value);
            }
            if (run.lowerBound() > run.value() * (1 + TOLERANCE)) {
                faults.add("lowerBound is " + run.lowerBound() + ", which is above value " + run.value());
            } else if (plan.metrics().feasible() && run.lowerBound() > value * (1 + TOLERANCE)) {
                faults.add("lowerBound is " + run.lowerBound() + ", which is above the " + run.objective()
                        + " of the placement, " + value);
            }
            run.blockBound().stream()
                    .filter(bound -> plan.metrics().feasible() && bound > value * (1 + TOLERANCE))
                    .forEach(bound -> faults.add("blockBound is " + bound + ", which is above the " + run.objective()
                            + " of the placement, " + value));
            if (plan.metrics().feasible() && run.infeasibility().isPresent()) {
                faults.add("infeasibility is stated, but the placement keeps all constraints");
            }
        });
        faults.addAll(checked.contradictions());
        return faults;
    }

    /** Finds the objective or the sum of objectives of a label; that of a program of its own has no name here. */
    private static Optional<Fitness> objective(String label) {
        try {
            return Optional.of(SearchArguments.fitness(label));
        } catch (CodnnException | IllegalArgumentException ofItsOwn) {
            return Optional.empty();
        }
    }

    /** Returns how to plan anew. */
    Planner planner(SearchOptions options) {
        Planner planner = Planner.withDefaults().withOptions(options);
        return searches.collapser().map(planner::withCollapser).orElse(planner);
    }

    SearchArguments searches() {
        return searches;
    }

    /** Returns what is asked to be minimised, else what the plan minimises. */
    Fitness fitness(Plan plan) {
        String label = plan.run().map(RunRecord::objective).orElse(Objective.PERIOD.label());
        if (searches.statesObjective()) {
            return searches.fitness();
        }
        return objective(label)
                .orElseThrow(() -> new CodnnException(
                        file + ": the plan minimises '" + label + "'. State it again with --objective"));
    }
}
