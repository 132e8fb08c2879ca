package io.github.codnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.CodnnException;
import io.github.codnn.json.PlanJson;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.Violation;
import io.github.codnn.simulate.ClosedFormCheck;
import io.github.codnn.simulate.StaticOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A plan file with the simulated times of the plan beside those in closed form. */
final class PlanDocument {

    private final ObjectNode root;

    PlanDocument(Plan plan, OptionalDouble elapsedSeconds, Optional<ClosedFormCheck> simulated) {
        root = JsonOutput.parse(PlanJson.render(plan, elapsedSeconds));
        notices(plan, simulated).forEach(root.withArray("notices")::add);
        simulated.ifPresent(check -> add(root, check));
    }

    /** Returns what the simulation says of a plan and its violations do not. */
    static List<String> notices(Plan plan, Optional<ClosedFormCheck> simulated) {
        List<String> violations =
                plan.metrics().violations().stream().map(Violation::message).toList();
        return simulated.map(ClosedFormCheck::notices).orElse(List.of()).stream()
                .filter(notice -> !violations.contains(notice))
                .toList();
    }

    /** Adds the simulated times to the document of a plan. */
    static void add(ObjectNode root, ClosedFormCheck check) {
        ObjectNode simulated = root.putObject("simulated").put("agrees", check.agrees());
        ArrayNode tasks = simulated.putArray("tasks");
        for (ClosedFormCheck.TaskTimes times : check.tasks()) {
            ObjectNode task = tasks.addObject();
            task.put("name", times.task())
                    .put("frames", times.frames())
                    .put("leastPeriodSeconds", times.leastPeriodSeconds())
                    .put("periodSeconds", times.simulatedPeriodSeconds())
                    .put("worstResponseSeconds", times.worstResponseSeconds())
                    .put("makespanSeconds", times.simulatedMakespanSeconds())
                    .put("meetsDeadline", times.missedDeadline().isEmpty());
            times.staticOrder().ifPresent(order -> add(task.putObject("staticOrder"), order));
        }
    }

    private static void add(ObjectNode node, StaticOrder order) {
        node.put("periodSeconds", order.periodSeconds()).put("responseSeconds", order.responseSeconds());
        ArrayNode steps = node.putArray("steps");
        for (StaticOrder.Step step : order.steps()) {
            ObjectNode each = steps.addObject().put("device", step.device());
            step.receiver().ifPresent(receiver -> each.put("receiver", receiver));
            each.put("startSeconds", step.startSeconds()).put("seconds", step.seconds());
        }
    }

    ObjectNode root() {
        return root;
    }

    String render() {
        return JsonOutput.render(root);
    }

    /**
     * Writes the file, whole or not at all.
     *
     * @throws CodnnException if it cannot be written
     */
    void write(Path file) {
        Output.writeWhole(file, render());
    }
}
