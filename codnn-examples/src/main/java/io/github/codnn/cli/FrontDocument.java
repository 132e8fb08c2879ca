package io.github.codnn.cli;

import io.github.codnn.CodnnException;
import io.github.codnn.graph.ModelFile;
import io.github.codnn.json.PlanJson;
import io.github.codnn.optimize.FrontJson;
import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.plan.Plan;
import io.github.codnn.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A front as {@code codnn plan --front} prints and writes it.
 *
 * @param scenario the problem
 * @param front the front
 * @param seed the seed of the search
 * @param elapsedSeconds how long the search took
 * @param models the files of the networks, which plan files remember
 */
record FrontDocument(
        Scenario scenario, ParetoFront front, long seed, double elapsedSeconds, Map<String, ModelFile> models) {

    String render() {
        return FrontJson.render(scenario, front, seed, elapsedSeconds).stripTrailing();
    }

    /** Refuses a target that cannot be written, before the search. */
    static void check(Path target) {
        if (!isFolder(target)) {
            Output.check(target);
        }
    }

    private static boolean isFolder(Path target) {
        return Files.isDirectory(target)
                || !String.valueOf(target.getFileName()).contains(".");
    }

    /** Writes the document to a file, or to a folder together with a plan file for each plan. */
    void write(Path target) {
        if (!isFolder(target)) {
            FrontJson.write(scenario, front, seed, elapsedSeconds, target);
            return;
        }
        try {
            Files.createDirectories(target);
        } catch (IOException e) {
            throw new CodnnException("Cannot make folder '" + target + "' for the front: " + e, e);
        }
        FrontJson.write(scenario, front, seed, elapsedSeconds, target.resolve("front.json"));
        int number = 1;
        for (Plan plan : front.plans()) {
            Path file = target.resolve("plan-" + number++ + ".json");
            PlanJson.write(plan.withModels(models), OptionalDouble.empty(), file);
        }
    }
}
