package io.github.codnn.plan;

import io.github.codnn.internal.Checks;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a search found a plan. A search with the same strategy, settings, seed and stop rule returns the same plan,
 * unless the stop rule depends on time.
 *
 * @param objective the name of what was minimised: the label of the fitness of the problem
 * @param value its value for the plan
 * @param lowerBound a proven lower bound of that value over all feasible plans of the scenario; negative infinity if
 *     none is known or the plan breaks constraints
 * @param blockBound a proven lower bound over the feasible plans that keep the layers of each block on one device, if
 *     the networks were collapsed to blocks before the search; not below {@code lowerBound}
 * @param strategy the name of the strategy: the simple name of its class
 * @param settings the settings of the strategy in readable form; empty if it has none
 * @param seed the seed of all randomness
 * @param evaluations how many placements were evaluated
 * @param stopReason why the search ended
 * @param notices what went wrong within the search, such as a part of it that failed, one sentence each
 * @param infeasibility what is known about the constraints that the plan breaks; empty for a feasible plan
 */
public record RunRecord(
        String objective,
        double value,
        double lowerBound,
        OptionalDouble blockBound,
        String strategy,
        String settings,
        long seed,
        long evaluations,
        StopReason stopReason,
        List<String> notices,
        Optional<Infeasibility> infeasibility) {

    /**
     * What is known about constraints that no plan keeps, stated with the closest plan: the one with the fewest
     * physically impossible parts and, of these, the least violation.
     *
     * @param proven whether it is proven that no plan keeps all constraints
     * @param closest whether it is proven that no plan is closer, but for rounding
     * @param limits the least achievable value for each constraint that the closest plan breaks, as far as known
     */
    public record Infeasibility(boolean proven, boolean closest, List<LeastValue> limits) {

        /** Copies and checks the components. */
        public Infeasibility {
            limits = List.copyOf(limits);
            if (closest && !proven) {
                throw new IllegalArgumentException(
                        "If no plan is closer than one that breaks constraints, none keeps them");
            }
        }

        /**
         * Returns this with least achievable values.
         *
         * @param values one for each constraint that the closest plan breaks
         * @return the changed record
         */
        public Infeasibility withLimits(List<LeastValue> values) {
            return new Infeasibility(proven, closest, values);
        }
    }

    /**
     * The least value that the quantity of a broken constraint can have.
     *
     * @param constraint the constraint
     * @param subject the task or the device that it limits; empty for the number of devices
     * @param quantity what is limited, with its unit, such as {@code response seconds} or {@code bytes}
     * @param limit the greatest value that the constraint allows; 0 for what must not happen at all
     * @param leastAchievable the least value among the plans that {@code others} selects; if not proven, a lower bound
     *     of it
     * @param proven whether a plan has that value, and none has less
     * @param others which other constraints those plans keep
     */
    public record LeastValue(
            Violation.Constraint constraint,
            String subject,
            String quantity,
            double limit,
            double leastAchievable,
            boolean proven,
            Others others) {

        /** Which other constraints count. */
        public enum Others {
            /** All. */
            KEPT("if all other constraints are kept"),
            /** Those that are physical: links, pins and where layers can run. No plan keeps all others. */
            PHYSICAL("if only links, pins and where layers can run count besides"),
            /** None: no plan keeps the physical ones. */
            NONE("if no other constraint counts");

            private final String phrase;

            Others(String phrase) {
                this.phrase = phrase;
            }
        }

        /** Checks the components. */
        public LeastValue {
            Objects.requireNonNull(constraint, "constraint");
            Objects.requireNonNull(subject, "subject");
            Checks.notBlank(quantity, "quantity");
            Checks.nonNegativeFinite(limit, "The limit");
            Checks.nonNegativeFinite(leastAchievable, "The least achievable value");
            Objects.requireNonNull(others, "others");
        }

        /**
         * Returns whether the constraint alone rules out every plan, whatever becomes of the other limits.
         *
         * @return whether the least value is above the limit even if only physical constraints or none count
         */
        public boolean isAloneImpossible() {
            return others != Others.KEPT && leastAchievable > limit;
        }

        /**
         * Returns this in words.
         *
         * @return one line with names and figures
         */
        public String message() {
            String about = subject.isEmpty() ? "" : " of '" + subject + "'";
            return "at most " + shown(limit) + " " + quantity + about + " allowed, "
                    + (proven ? "least achievable " : "achievable at least ") + shown(leastAchievable)
                    + (proven ? " (proven) " : " (bound) ") + others.phrase;
        }

        private static String shown(double value) {
            return value == Math.rint(value) && value < 1e15 ? Long.toString((long) value) : Double.toString(value);
        }
    }

    /** Copies and checks the components. */
    public RunRecord {
        Checks.notBlank(objective, "objective");
        Objects.requireNonNull(blockBound, "blockBound");
        Checks.notBlank(strategy, "strategy");
        Objects.requireNonNull(settings, "settings");
        Checks.nonNegative(evaluations, "evaluations");
        Objects.requireNonNull(stopReason, "stopReason");
        notices = List.copyOf(notices);
        Objects.requireNonNull(infeasibility, "infeasibility");
        if (Double.isNaN(value) || Double.isNaN(lowerBound)) {
            throw new IllegalArgumentException(
                    "value and lowerBound must be numbers, but are " + value + " and " + lowerBound);
        }
        if (blockBound.isPresent() && !(blockBound.getAsDouble() >= lowerBound)) {
            throw new IllegalArgumentException("The bound among plans of whole blocks, " + blockBound.getAsDouble()
                    + ", must not be below that among all plans, " + lowerBound);
        }
    }

    /**
     * Makes a record of a search among all plans, without notices.
     *
     * @param objective the name of what was minimised
     * @param value its value for the plan
     * @param lowerBound a proven lower bound of that value; negative infinity if none is known
     * @param strategy the name of the strategy
     * @param settings the settings of the strategy in readable form
     * @param seed the seed of all randomness
     * @param evaluations how many placements were evaluated
     * @param stopReason why the search ended
     */
    public RunRecord(
            String objective,
            double value,
            double lowerBound,
            String strategy,
            String settings,
            long seed,
            long evaluations,
            StopReason stopReason) {
        this(
                objective,
                value,
                lowerBound,
                OptionalDouble.empty(),
                strategy,
                settings,
                seed,
                evaluations,
                stopReason,
                List.of(),
                Optional.empty());
    }

    /**
     * Returns this record with another bound.
     *
     * @param bound a proven lower bound of the value over all feasible plans; the value itself is taken if that is less
     * @return the changed record
     */
    public RunRecord withLowerBound(double bound) {
        double known = Math.min(bound, value);
        OptionalDouble ofBlocks =
                blockBound.isPresent() ? OptionalDouble.of(Math.max(blockBound.getAsDouble(), known)) : blockBound;
        return with(known, ofBlocks, evaluations, stopReason, notices, infeasibility);
    }

    /**
     * Returns this record with another number of evaluations.
     *
     * @param count how many placements were evaluated
     * @return the changed record
     */
    public RunRecord withEvaluations(long count) {
        return with(lowerBound, blockBound, count, stopReason, notices, infeasibility);
    }

    /**
     * Returns this record with another reason to stop.
     *
     * @param reason why the search ended
     * @return the changed record
     */
    public RunRecord withStopReason(StopReason reason) {
        return with(lowerBound, blockBound, evaluations, reason, notices, infeasibility);
    }

    /**
     * Returns this record with other notices.
     *
     * @param sentences what went wrong within the search, one sentence each
     * @return the changed record
     */
    public RunRecord withNotices(List<String> sentences) {
        return with(lowerBound, blockBound, evaluations, stopReason, sentences, infeasibility);
    }

    /**
     * Returns this record, of a search among plans that keep blocks whole, with a bound over all plans. Its own bound
     * becomes that of the blocks.
     *
     * @param bound a proven lower bound of the value over all feasible plans
     * @return the changed record
     */
    public RunRecord amongBlocks(double bound) {
        double ofBlocks = Math.min(Math.max(bound, lowerBound), value);
        return with(
                Math.min(bound, value), OptionalDouble.of(ofBlocks), evaluations, stopReason, notices, infeasibility);
    }

    /**
     * Returns this record with what is known about the constraints that the plan breaks.
     *
     * @param known what is known
     * @return the changed record
     */
    public RunRecord withInfeasibility(Infeasibility known) {
        return with(lowerBound, blockBound, evaluations, stopReason, notices, Optional.of(known));
    }

    private RunRecord with(
            double bound,
            OptionalDouble ofBlocks,
            long count,
            StopReason reason,
            List<String> sentences,
            Optional<Infeasibility> known) {
        return new RunRecord(
                objective, value, bound, ofBlocks, strategy, settings, seed, count, reason, sentences, known);
    }

    /**
     * Returns the largest possible distance of a value from the optimum.
     *
     * @param value the value of a feasible plan; infinite if there is none
     * @param lowerBound a proven lower bound
     * @return {@code (value - lowerBound) / lowerBound}; 0 if the value is not above the bound; infinite if the bound
     *     is not positive
     */
    public static double gap(double value, double lowerBound) {
        if (value <= lowerBound) {
            return 0;
        }
        return lowerBound > 0 ? (value - lowerBound) / lowerBound : Double.POSITIVE_INFINITY;
    }
}
