package io.github.codnn.text;

import io.github.codnn.CodnnException;
import io.github.codnn.optimize.BoundScope;
import io.github.codnn.optimize.ParetoFront;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.Stage;
import io.github.codnn.plan.UnknownWork;
import io.github.codnn.problem.Objective;
import io.github.codnn.simulate.ClosedFormCheck;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A front for people. */
public final class FrontText {

    private static final int MAX_ROWS = 40;

    private static final int MAX_SIMULATED = 10;

    private static final long MAX_OPERATIONS = 20_000; // of the simulation of one plan
    private static final long ALL_OPERATIONS = 500_000; // about a second

    private FrontText() {}

    /**
     * Simulates a plan of a front, with few frames if the front has many plans.
     *
     * @param front the front
     * @param plan one of its plans
     * @return the simulated times, nothing if the plan is too large
     */
    public static Optional<ClosedFormCheck> simulate(ParetoFront front, Plan plan) {
        long operations =
                Math.min(MAX_OPERATIONS, ALL_OPERATIONS / front.plans().size());
        try {
            return Optional.of(ClosedFormCheck.of(plan, Math.max(1, operations)));
        } catch (CodnnException tooLarge) {
            return Optional.empty();
        }
    }

    /**
     * Renders the plans of a front, or some of them, evenly spread, if they are many.
     *
     * @param front the front, with at least one plan
     * @return several lines
     */
    public static String of(ParetoFront front) {
        int count = front.plans().size();
        int rows = Math.min(count, MAX_ROWS);
        List<String> titles = new ArrayList<>(List.of("plan"));
        front.objectives().forEach(objective -> titles.add(objective.label()));
        titles.addAll(List.of("simulated period", "responses up to", "devices", "layers on each"));
        TextTable table = new TextTable(titles.toArray(String[]::new));
        for (int row = 0; row < rows; row++) {
            int index = rows == 1 ? 0 : (int) ((long) row * (count - 1) / (rows - 1));
            table.row(cells(front, index).toArray(String[]::new));
        }
        String rest = count > rows
                ? String.format(
                        "%s of %s plans; --out or --json has all of them%n", Figures.count(rows), Figures.count(count))
                : "";
        return table + rest;
    }

    private static List<String> cells(ParetoFront front, int index) {
        Plan plan = front.plans().get(index);
        List<String> cells = new ArrayList<>(List.of(Figures.count(index + 1)));
        for (Objective objective : front.objectives()) {
            cells.add(figure(objective, objective.of(plan.metrics())));
        }
        cells.addAll(PlanText.simulated(simulate(front, plan)));
        cells.add(Figures.count(plan.metrics().devicesUsed()));
        cells.add(plan.scenario().workload().tasks().stream()
                .map(task -> stages(plan, task.name()))
                .collect(Collectors.joining("; ")));
        return cells;
    }

    private static String stages(Plan plan, String task) {
        return plan.stages().stream()
                .filter(stage -> stage.task().equals(task))
                .map(FrontText::stage)
                .collect(Collectors.joining(" > "));
    }

    private static String stage(Stage stage) {
        return stage.device() + " " + Figures.count(stage.layers().size());
    }

    /**
     * Renders a figure with its unit.
     *
     * @param objective what the figure measures
     * @param figure the figure in the unit of the objective
     * @return the figure with its unit
     */
    public static String figure(Objective objective, double figure) {
        return switch (objective) {
            case PERIOD, RESPONSE, MEAN -> Figures.seconds(figure);
            case ENERGY -> Figures.number(figure) + " J";
            case PRICE -> Figures.number(figure);
        };
    }

    /**
     * Renders what is proven of a front, and its hypervolume.
     *
     * @param front the front
     * @return several lines
     */
    public static String proof(ParetoFront front) {
        String objectives = front.objectives().stream().map(Objective::label).collect(Collectors.joining(", "));
        String proven = "heuristic: better plans, and more of them, may be missing";
        if (front.epsilon() == 0) {
            proven = "exact: no other " + plan(front) + " is better in any of them without a loss in another";
        } else if (front.epsilon() < Double.POSITIVE_INFINITY) {
            proven = "every other " + plan(front) + " is worse than one of these, or better by no more than "
                    + Figures.percent(front.epsilon()) + " in any of them";
        }
        String scope = front.epsilon() < Double.POSITIVE_INFINITY ? scope(front.scope()) : "";
        return String.format(
                "%s plans between %s; %s%n%shypervolume %s of the box from %s to the reference point %s%n",
                Figures.count(front.plans().size()),
                objectives,
                proven,
                scope,
                Figures.number(front.hypervolume()),
                point(front, front.ideal()),
                point(front, front.reference()));
    }

    private static String plan(ParetoFront front) {
        return front.scope() == BoundScope.WHOLE_BLOCKS ? "plan of whole blocks" : "plan";
    }

    /**
     * Renders the notices of the networks, and the greatest share of unknown work of any plan.
     *
     * @param front the front
     * @return several lines, none if all is known
     */
    public static String trust(ParetoFront front) {
        return TrustText.noticesOf(front.plans())
                + front.plans().stream()
                        .map(Plan::unknownWork)
                        .max(Comparator.comparingDouble(UnknownWork::share)
                                .thenComparingInt(work -> work.layers().size()))
                        .map(TrustText::unknownWork)
                        .orElse("");
    }

    /**
     * Simulates some plans of a front, spread evenly.
     *
     * @param front the front
     * @return one line if times of the simulation differ from those in closed form, which the front compares
     */
    public static String simulated(ParetoFront front) {
        int plans = front.plans().size();
        int checked = Math.min(plans, MAX_SIMULATED);
        int differing = 0;
        for (int index = 0; index < checked; index++) {
            Plan plan = front.plans().get((int) ((long) index * plans / checked));
            differing += simulate(front, plan).map(ClosedFormCheck::agrees).orElse(true) ? 0 : 1;
        }
        return differing == 0
                ? ""
                : TrustText.notices(List.of("The front compares times in closed form, which are lower bounds: of "
                        + checked + " of its plans that were simulated, frames of " + differing
                        + " wait for each other, so that they take longer"));
    }

    /** Says what a proof leaves out. */
    private static String scope(BoundScope scope) {
        return scope == BoundScope.WHOLE_BLOCKS
                ? String.format("--collapse none places single layers, where better plans may exist%n")
                : "";
    }

    private static String point(ParetoFront front, List<Double> figures) {
        List<String> texts = new ArrayList<>();
        for (int axis = 0; axis < figures.size(); axis++) {
            texts.add(figure(front.objectives().get(axis), figures.get(axis)));
        }
        return "(" + String.join(", ", texts) + ")";
    }
}
