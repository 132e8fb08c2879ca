package io.github.codnn.optimize;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.CodnnException;
import io.github.codnn.internal.JsonFiles;
import io.github.codnn.json.PlanJson;
import io.github.codnn.json.ProblemJson;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Scenario;
import java.nio.file.Path;
import java.util.List;

/**
 * Front files, format {@code codnn-front/1}: the problem once, and the plans of a Pareto front without it.
 *
 * <p>{@code problem} is a document of {@link ProblemJson}. {@code objectives} are the labels of what is minimised;
 * {@code exact} and {@code epsilon} state which plans can be missing from the front, with null for an epsilon that is
 * not bounded; {@code boundCovers}, {@code hypervolume}, {@code ideal} and {@code reference} are those of
 * {@link ParetoFront}; {@code notices} are its notices, missing if there are none; {@code seed}
 * and {@code elapsedSeconds} belong to the search. Each element of {@code front} has
 * the {@code values} of the objectives, and the {@code tasks} and {@code metrics} of a plan file.
 *
 * <p>It is in this package and not in {@code json}, because {@code json} depends on plans but not on searches.
 */
public final class FrontJson {

    private FrontJson() {}

    /**
     * Writes a front as text.
     *
     * @param scenario the problem of all plans
     * @param front the front
     * @param seed the seed of the search
     * @param elapsedSeconds how long the search took
     * @return the content of a front file
     * @throws CodnnException if the format cannot express the problem; see {@link ProblemJson#render}
     */
    public static String render(Scenario scenario, ParetoFront front, long seed, double elapsedSeconds) {
        return JsonFiles.text(tree(scenario, front, seed, elapsedSeconds));
    }

    /**
     * Writes a front file, whole or not at all.
     *
     * @param scenario the problem of all plans
     * @param front the front
     * @param seed the seed of the search
     * @param elapsedSeconds how long the search took
     * @param file the file, replaced if it exists
     * @throws CodnnException if the file cannot be written or the format cannot express the problem
     */
    public static void write(Scenario scenario, ParetoFront front, long seed, double elapsedSeconds, Path file) {
        JsonFiles.write(tree(scenario, front, seed, elapsedSeconds), file);
    }

    private static ObjectNode tree(Scenario scenario, ParetoFront front, long seed, double elapsedSeconds) {
        ObjectNode root = JsonFiles.object().put("format", "codnn-front/1");
        root.set("problem", object(ProblemJson.render(scenario)));
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
        if (!front.notices().isEmpty()) {
            front.notices().forEach(root.putArray("notices")::add);
        }
        root.put("seed", seed);
        root.put("elapsedSeconds", elapsedSeconds);
        ArrayNode plans = root.putArray("front");
        List<List<Double>> figures = front.figures();
        for (int index = 0; index < front.plans().size(); index++) {
            ObjectNode plan = plans.addObject();
            addAll(plan.putArray("values"), figures.get(index));
            plan.setAll(object(PlanJson.renderOutcome(front.plans().get(index))));
        }
        return root;
    }

    private static ObjectNode object(String json) {
        return (ObjectNode) JsonFiles.parse("front", json).node();
    }

    private static void addAll(ArrayNode array, List<Double> figures) {
        figures.forEach(array::add);
    }
}
