package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import io.github.codnn.exact.ExactPareto;
import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.optimize.ParetoSearch;
import io.github.codnn.planner.AutoPareto;
import io.github.codnn.planner.ParetoSwarm;
import io.github.codnn.planner.Strategies;
import io.github.codnn.problem.Objective;
import io.github.codnn.report.FrontReport;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of {@code codnn plan} that ask for a front instead of one plan. */
final class FrontArguments {

    @Option(
            names = "--front",
            paramLabel = "NAME,NAME[,NAME]",
            description =
                    "Find all plans that cannot be improved in one of these objectives without a loss in another, as in"
                            + " period,energy,price.")
    private Optional<String> front = Optional.empty();

    @Option(
            names = "--epsilon",
            paramLabel = "SHARE",
            description = "How much may be missing from the front, as in 0.01: quicker, with fewer plans.")
    private Optional<Double> epsilon = Optional.empty();

    @Option(names = "--chart", paramLabel = "FILE", description = "Draw the front (SVG).")
    private Optional<Path> chart = Optional.empty();

    /** Refuses options that exclude each other. */
    void check(SearchArguments searches, Optional<String> strategy, Output output) {
        if (areAsked()) {
            if (searches.statesObjective()) {
                throw new CodnnException("--front states what to minimise; give no --objective beside it");
            }
            chart.ifPresent(output::check);
            ParetoSearch.checked(objectives());
            search(strategy);
        } else if (epsilon.isPresent() || chart.isPresent()) {
            throw new CodnnException(
                    (epsilon.isPresent() ? "--epsilon" : "--chart") + " is for fronts; give --front beside it");
        }
    }

    boolean areAsked() {
        return front.isPresent();
    }

    List<Objective> objectives() {
        return Arrays.stream(front.orElse("").split(",", -1))
                .map(SearchArguments::named)
                .toList();
    }

    /** Returns how to search: with a strategy that is neither exact nor auto, by swarms of it. */
    ParetoSearch search(Optional<String> strategy) {
        String name = strategy.orElse("auto");
        if (name.equals("auto")) {
            return new AutoPareto(epsilon.orElse(0.0));
        }
        if (name.equals("exact")) {
            return new ExactPareto(epsilon.orElse(0.0));
        }
        if (epsilon.isPresent()) {
            throw new CodnnException("--epsilon is for --strategy exact and auto, not for '" + name + "'");
        }
        return ParetoSwarm.withDefaults().withStrategy(Strategies.named(name));
    }

    /** Draws a front with at least one plan if {@code --chart} is given. */
    void draw(ParetoFront found, Output output) {
        chart.ifPresent(
                file -> output.write(file, target -> FrontReport.chart(found).write(target)));
    }
}
