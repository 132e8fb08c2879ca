package io.github.codnn.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.internal.JsonField;
import io.github.codnn.plan.RunRecord.Infeasibility;
import io.github.codnn.plan.RunRecord.LeastValue;
import io.github.codnn.plan.Violation;
import java.util.List;

/** The {@code infeasibility} of a plan file. */
final class InfeasibilityFields {

    private InfeasibilityFields() {}

    static void write(Infeasibility known, ObjectNode node) {
        node.put("proven", known.proven()).put("closest", known.closest());
        ArrayNode limits = node.putArray("limits");
        known.limits()
                .forEach(value -> limits.addObject()
                        .put("constraint", value.constraint().name())
                        .put("subject", value.subject())
                        .put("quantity", value.quantity())
                        .put("limit", value.limit())
                        .put("leastAchievable", value.leastAchievable())
                        .put("proven", value.proven())
                        .put("others", value.others().name())
                        .put("message", value.message()));
    }

    static Infeasibility read(JsonField field) {
        field.only(List.of("proven", "closest", "limits"));
        return field.make(() -> new Infeasibility(
                field.get("proven").truth(),
                field.get("closest").truth(),
                field.get("limits").elements().stream()
                        .map(InfeasibilityFields::limit)
                        .toList()));
    }

    private static LeastValue limit(JsonField field) {
        field.only(List.of(
                "constraint", "subject", "quantity", "limit", "leastAchievable", "proven", "others", "message"));
        return field.make(() -> new LeastValue(
                field.get("constraint").choice(Violation.Constraint.class),
                field.get("subject").anyText(),
                field.get("quantity").text(),
                field.get("limit").number(),
                field.get("leastAchievable").number(),
                field.get("proven").truth(),
                field.get("others").choice(LeastValue.Others.class)));
    }
}
