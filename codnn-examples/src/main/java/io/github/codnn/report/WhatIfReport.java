package io.github.codnn.report;

import io.github.codnn.adapt.WhatIf;
import io.github.codnn.plan.MetricsSnapshot;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.Violation;
import io.github.codnn.text.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Reports a plan as promised, under changed conditions, and planned anew. */
public final class WhatIfReport {

    private WhatIfReport() {}

    /** A plan and where the JSON document has it. */
    private record Column(Optional<Plan> plan, String root) {

        Cell cell(Figure figure) {
            return plan.map(each -> figure.of(each.metrics(), root + "/metrics/"))
                    .orElse(Cell.text("–"));
        }
    }

    @FunctionalInterface
    private interface Figure {
        Cell of(MetricsSnapshot metrics, String pointer);
    }

    /** The weights that go from one device to another. */
    private record Sum(long layers, long bytes) {

        Sum plus(Sum other) {
            return new Sum(layers + other.layers, Math.addExact(bytes, other.bytes));
        }
    }

    /**
     * Reports what becomes of a plan.
     *
     * @param answer the three plans and what moves
     * @return the report; its figures are those of the JSON document
     */
    public static Report of(WhatIf answer) {
        Optional<Plan> next = answer.replanned().bestOrClosest();
        List<Section> sections = new ArrayList<>();
        sections.add(figures(answer, next));
        answer.kept()
                .filter(plan -> !plan.metrics().feasible())
                .ifPresent(plan -> sections.add(new Section.Sentences(
                        "What the old plan breaks under the new conditions",
                        "",
                        plan.metrics().violations().stream()
                                .map(Violation::message)
                                .toList())));
        moves(answer.moves()).ifPresent(sections::add);
        next.ifPresent(plan -> {
            PlanSections changed = new PlanSections(plan, "/replanned");
            sections.add(changed.networks());
            changed.timeline().ifPresent(sections::add);
            sections.addAll(List.of(changed.utilisation(), changed.energy()));
            PlanReport.notices(plan, List.of()).ifPresent(sections::add);
        });
        String kept = answer.kept().isEmpty() ? "The old plan cannot be used any more. " : "";
        String moves = answer.moves().isEmpty()
                ? "Nothing moves."
                : Figures.count(answer.moves().size()) + " layers move under the new plan.";
        return new Report("What if: " + answer.promised().scenario().name(), kept + moves, sections);
    }

    private static Section figures(WhatIf answer, Optional<Plan> next) {
        List<Column> columns = List.of(
                new Column(Optional.of(answer.promised()), "/promised"),
                new Column(answer.kept(), "/kept"),
                new Column(next, "/replanned"));
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(row("Period", columns, (each, at) -> Cell.seconds(each.periodSeconds(), at + "periodSeconds")));
        rows.add(row("Response", columns, (each, at) -> Cell.seconds(each.responseSeconds(), at + "responseSeconds")));
        rows.add(row("Mean a frame", columns, (each, at) -> Cell.seconds(each.meanSeconds(), at + "meanSeconds")));
        rows.add(row("Energy", columns, (each, at) -> Cell.joules(each.energyJoules(), at + "energyJoules")));
        rows.add(row("Price", columns, (each, at) -> Cell.number(each.price(), at + "price")));
        rows.add(row("Devices", columns, (each, at) -> Cell.count(each.devicesUsed(), at + "devicesUsed")));
        rows.add(row("Keeps all constraints", columns, (each, at) -> Cell.text(each.feasible() ? "yes" : "no")));
        rows.add(List.of(
                Cell.text("Gap"),
                Cell.optional(answer.promised().gap(), gap -> Cell.percent(gap, "")),
                Cell.optional(answer.keptGap(), gap -> Cell.percent(gap, "/keptGap")),
                Cell.optional(next.map(Plan::gap).orElse(OptionalDouble.empty()), gap -> Cell.percent(gap, ""))));
        return new Section.Table(
                "Before and after", "", List.of("", "As promised", "Old plan, new conditions", "New plan"), rows);
    }

    private static List<Cell> row(String name, List<Column> columns, Figure figure) {
        List<Cell> cells = new ArrayList<>(List.of(Cell.text(name)));
        columns.forEach(column -> cells.add(column.cell(figure)));
        return cells;
    }

    private static Optional<Section> moves(List<WhatIf.Move> moves) {
        if (moves.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Sum> byPair = new LinkedHashMap<>();
        for (WhatIf.Move move : moves) {
            String from = move.from().isEmpty() ? "(gone)" : move.from();
            byPair.merge(from + " -> " + move.to(), new Sum(1, move.bytes()), Sum::plus);
        }
        List<List<Cell>> rows = new ArrayList<>();
        byPair.forEach((pair, sum) ->
                rows.add(List.of(Cell.text(pair), Cell.count(sum.layers(), ""), Cell.bytes(sum.bytes()))));
        return Optional.of(
                new Section.Table("Moves", "What is sent once.", List.of("From and to", "Layers", "Weights"), rows));
    }
}
