package io.github.codnn.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.CodnnException;
import io.github.codnn.WholeFiles;
import io.github.codnn.graph.ModelFile;
import io.github.codnn.optimize.FrontJson;
import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.plan.Plan;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.text.FrontText;
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
        ObjectNode root = JsonOutput.parse(FrontJson.render(scenario, front, seed, elapsedSeconds));
        int index = 0;
        for (Plan plan : front.plans()) {
            ObjectNode node = (ObjectNode) root.withArray("front").get(index++);
            FrontText.simulate(front, plan).ifPresent(check -> PlanDocument.add(node, check));
        }
        return JsonOutput.render(root);
    }

    /** Refuses a target that cannot be written, before the search. */
    static void check(Path target, Output output) {
        if (!isFolder(target)) {
            output.check(target);
        }
    }

    private static boolean isFolder(Path target) {
        String name = String.valueOf(target.getFileName());
        return Files.isDirectory(target) || !(name.contains(".") || name.equals("-"));
    }

    /** Writes the document to a file, or to a folder together with a plan file for each plan. */
    void write(Path target) {
        if (!isFolder(target)) {
            Output.writeWhole(target, render());
            return;
        }
        try {
            Files.createDirectories(target);
        } catch (IOException e) {
            throw new CodnnException("Cannot make folder '" + target + "' for the front: " + WholeFiles.reason(e), e);
        }
        Output.writeWhole(target.resolve("front.json"), render());
        int number = 1;
        for (Plan plan : front.plans()) {
            Plan known = plan.withModels(models);
            PlanDocument document = new PlanDocument(known, OptionalDouble.empty(), FrontText.simulate(front, known));
            document.write(target.resolve("plan-" + number++ + ".json"));
        }
    }
}
