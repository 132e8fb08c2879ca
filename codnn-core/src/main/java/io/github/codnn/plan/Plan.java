package io.github.codnn.plan;

import io.github.codnn.graph.ModelFile;
import io.github.codnn.internal.Checks;
import io.github.codnn.scenario.Placement;
import io.github.codnn.scenario.Scenario;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A placement with its metrics and the record of the search that found it.
 *
 * @param scenario the problem
 * @param placement the device of every layer
 * @param stages the stages of each task, task by task
 * @param metrics the metrics of the placement
 * @param run the record of the search; empty for a placement made by hand
 * @param models the file of the network of each task, by name of the task, as far as it is known
 */
public record Plan(
        Scenario scenario,
        Placement placement,
        List<Stage> stages,
        MetricsSnapshot metrics,
        Optional<RunRecord> run,
        Map<String, ModelFile> models) {

    /** Copies the components. */
    public Plan {
        Objects.requireNonNull(scenario, "scenario");
        Objects.requireNonNull(placement, "placement");
        stages = List.copyOf(stages);
        Objects.requireNonNull(metrics, "metrics");
        Objects.requireNonNull(run, "run");
        models = Checks.copyInOrder(models);
        for (String task : models.keySet()) {
            placement.of(task);
        }
    }

    /**
     * Makes a plan of networks whose files are not known.
     *
     * @param scenario the problem
     * @param placement the device of every layer
     * @param stages the stages of each task, task by task
     * @param metrics the metrics of the placement
     * @param run the record of the search; empty for a placement made by hand
     */
    public Plan(
            Scenario scenario,
            Placement placement,
            List<Stage> stages,
            MetricsSnapshot metrics,
            Optional<RunRecord> run) {
        this(scenario, placement, stages, metrics, run, Map.of());
    }

    /**
     * Returns this plan with the files of its networks, so that it is not used for another model.
     *
     * @param files the file of the network of each task, by name of the task, as far as it is known
     * @return the changed plan
     */
    public Plan withModels(Map<String, ModelFile> files) {
        return new Plan(scenario, placement, stages, metrics, run, files);
    }

    /**
     * Returns what the readers of the networks assumed or left out, see {@link Scenario#notices()}, and what went wrong
     * within the search, see {@link RunRecord#notices()}.
     *
     * @return one sentence for each notice, each once
     */
    public List<String> notices() {
        Set<String> notices = new LinkedHashSet<>(scenario.notices());
        run.ifPresent(record -> notices.addAll(record.notices()));
        return List.copyOf(notices);
    }

    /**
     * Returns the part of the computing time that rests on work that the cost model does not know. Whoever states that
     * this plan is proven must state this too.
     *
     * @return the share and its layers, computed by every call in O(layers) time
     */
    public UnknownWork unknownWork() {
        return UnknownWork.of(scenario, placement);
    }

    /**
     * Returns how busy transfers keep the links and media.
     *
     * @return the loads, computed by every call in O(edges) time
     */
    public TransferLoads transferLoads() {
        return TransferSums.of(scenario, placement, metrics);
    }

    /**
     * Returns the largest possible distance of this plan from the optimum of all plans. A plan that breaks constraints
     * has none: it may be below the bound of the feasible plans.
     *
     * @return {@link RunRecord#gap(double, double)} of the record; empty if this plan breaks constraints, was made by
     *     hand, or no positive bound is known
     */
    public OptionalDouble gap() {
        return run.map(record -> gapTo(record, record.lowerBound())).orElse(OptionalDouble.empty());
    }

    /**
     * Returns the largest possible distance of this plan from the optimum of the plans that keep the layers of each
     * block on one device.
     *
     * @return the gap to {@link RunRecord#blockBound()}, not above {@link #gap()}; empty if the search did not collapse
     *     networks to blocks, and where {@link #gap()} is for want of constraints kept, a search or a positive bound
     */
    public OptionalDouble blockGap() {
        return run.filter(record -> record.blockBound().isPresent())
                .map(record -> gapTo(record, record.blockBound().getAsDouble()))
                .orElse(OptionalDouble.empty());
    }

    private OptionalDouble gapTo(RunRecord record, double bound) {
        double gap = RunRecord.gap(record.value(), bound);
        return metrics.feasible() && gap < Double.POSITIVE_INFINITY ? OptionalDouble.of(gap) : OptionalDouble.empty();
    }

    /**
     * Returns this plan with a record of the search that found it.
     *
     * @param record the record
     * @return the changed plan
     */
    public Plan withRun(RunRecord record) {
        return new Plan(scenario, placement, stages, metrics, Optional.of(record), models);
    }

    /**
     * Returns this plan without a record of the search that found it.
     *
     * @return the plan as if made by hand
     */
    public Plan withoutRun() {
        return new Plan(scenario, placement, stages, metrics, Optional.empty(), models);
    }

    /**
     * Returns this plan with further violations, see {@link MetricsSnapshot#withViolations}.
     *
     * @param more constraints that are not among the violations yet
     * @return the changed plan
     */
    public Plan withViolations(List<Violation> more) {
        return new Plan(scenario, placement, stages, metrics.withViolations(more), run, models);
    }

    /**
     * How busy transfers keep the links of a plan and the media that the links share. {@link PlanMetrics} defines
     * the load: each tensor goes once to each device that needs it.
     *
     * @param links the links that carry something, in the order of the first transfer
     * @param media what these links share, in the same order
     */
    public record TransferLoads(List<OfLink> links, List<OfMedium> media) {

        /**
         * The load of one link.
         *
         * @param from the name of the sender
         * @param to the name of the receiver
         * @param medium what the link shares with others, as of {@link
         *     io.github.codnn.platform.Platform#sharedResource}
         * @param seconds the time of its transfers for one frame of each task
         * @param share the part of the time in which it is busy once the pipeline is full: the sum over the tasks
         *     of their seconds over their period; from 0 to 1
         */
        public record OfLink(String from, String to, Optional<String> medium, double seconds, double share) {

            /** Checks the components. */
            public OfLink {
                Objects.requireNonNull(from, "from");
                Objects.requireNonNull(to, "to");
                Objects.requireNonNull(medium, "medium");
            }
        }

        /**
         * The load of one medium, or of one direction of a full duplex one.
         *
         * @param name its name, as of {@link io.github.codnn.platform.Platform#sharedResource}
         * @param seconds the time of the transfers of all its links for one frame of each task
         * @param share the part of the time in which it is busy, as for a link
         */
        public record OfMedium(String name, double seconds, double share) {

            /** Checks the components. */
            public OfMedium {
                Objects.requireNonNull(name, "name");
            }
        }

        /** Copies the components. */
        public TransferLoads {
            links = List.copyOf(links);
            media = List.copyOf(media);
        }
    }
}
