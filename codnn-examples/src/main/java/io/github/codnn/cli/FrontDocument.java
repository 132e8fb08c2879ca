package io.github.codnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.CodnnException;
import io.github.codnn.json.PlanJson;
import io.github.codnn.json.ProblemJson;
import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.plan.Plan;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Scenario;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A front as a JSON document, {@code codnn-front/1}: the problem once, and the plans without it.
 *
 * @param scenario the problem
 * @param front the front
 * @param seed the seed of the search
 * @param elapsedSeconds how long the search took
 */
record FrontDocument(Scenario scenario, ParetoFront front, long seed, double elapsedSeconds) {

    String render() {
        ObjectNode root = JsonOutput.object();
        root.put("format", "codnn-front/1");
        root.set("problem", JsonOutput.parse(ProblemJson.render(scenario)));
        ArrayNode objectives = root.putArray("objectives");
        front.objectives().stream().map(Objective::label).forEach(objectives::add);
        root.put("exact", front.epsilon() == 0);
        if (front.epsilon() < Double.POSITIVE_INFINITY) {
            root.put("epsilon", front.epsilon());
        } else {
            root.putNull("epsilon");
        }
        root.put("boundCovers", front.scope().name());
        root.put("hypervolume", front.hypervolume());
        addAll(root.putArray("ideal"), front.ideal());
        addAll(root.putArray("reference"), front.reference());
        root.put("seed", seed);
        root.put("elapsedSeconds", elapsedSeconds);
        ArrayNode plans = root.putArray("front");
        List<List<Double>> figures = front.figures();
        for (int index = 0; index < front.plans().size(); index++) {
            ObjectNode plan = plans.addObject();
            addAll(plan.putArray("values"), figures.get(index));
            plan.setAll(JsonOutput.parse(PlanJson.renderOutcome(front.plans().get(index))));
        }
        return JsonOutput.render(root);
    }

    private static void addAll(ArrayNode array, List<Double> figures) {
        figures.forEach(array::add);
    }

    /** Writes the document to a file, or to a folder with a plan file for each plan beside it. */
    void write(Path target) {
        boolean folder = Files.isDirectory(target)
                || !String.valueOf(target.getFileName()).contains(".");
        try {
            if (folder) {
                Files.createDirectories(target);
                Files.writeString(target.resolve("front.json"), render(), StandardCharsets.UTF_8);
                int number = 1;
                for (Plan plan : front.plans()) {
                    PlanJson.write(plan, OptionalDouble.empty(), target.resolve("plan-" + number++ + ".json"));
                }
            } else {
                Files.writeString(target, render(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new CodnnException("Cannot write the front to '" + target + "': " + e, e);
        }
    }
}
