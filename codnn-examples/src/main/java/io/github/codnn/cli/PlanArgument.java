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
import java.util.Arrays;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A plan file, and how to plan anew. */
final class PlanArgument {

    @Parameters(paramLabel = "PLAN", description = "A plan file (JSON), as codnn plan --out writes it.")
    private Path file = Path.of("");

    @Mixin
    private SearchArguments searches = new SearchArguments();

    /** Reads the plan; one whose figures are not its own is refused. */
    Plan read() {
        PlanJson.Checked checked = PlanJson.readChecked(file);
        if (!checked.contradictions().isEmpty()) {
            throw new CodnnException(file + ": " + checked.contradictions().get(0)
                    + ". Plan again, or let codnn simulate list what is wrong");
        }
        return checked.plan();
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
        return Arrays.stream(Objective.values())
                .filter(objective -> objective.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new CodnnException(
                        file + ": the plan minimises '" + label + "'. State it again with --objective"));
    }
}
