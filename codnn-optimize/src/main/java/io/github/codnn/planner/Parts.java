package io.github.codnn.planner;

import io.github.codnn.CodnnException;
import io.github.codnn.optimize.InvalidProofException;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.plan.Plan;
import io.github.codnn.plan.RunRecord;
import io.github.codnn.problem.Fitness;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.WeightedSum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs the parts of a search so that one that fails leaves a notice, and the others still find a plan. What the user's
 * own code throws ends the search: the listener, the stop rule, a fitness that is not one of the known ones, and the
 * executor.
 */
final class Parts {

    private static final int MAX_NOTICE = 400; // characters

    private final SearchOptions options;
    private final boolean isKnown; // whether the fitness is
    private final boolean isOwn; // whether the strategies are those of this library
    private final List<String> notices = new ArrayList<>();
    private @Nullable RuntimeException first;
    private @Nullable Throwable thrownByUser;
    private long evaluations;

    /** For strategies of this library. */
    Parts(Fitness fitness, SearchOptions options) {
        this(fitness, options, true);
    }

    /** For a strategy that the user chose, and that may refuse the problem. */
    static Parts ofUser(Fitness fitness, SearchOptions options) {
        return new Parts(fitness, options, false);
    }

    private Parts(Fitness fitness, SearchOptions options, boolean isOwn) {
        this.isOwn = isOwn;
        isKnown = fitness instanceof Objective || fitness instanceof WeightedSum;
        this.options = options.withListener(progress -> {
                    evaluations = progress.evaluations();
                    ofUser(() -> {
                        options.listener().onProgress(progress);
                        return true;
                    });
                })
                .withStopRule(progress -> ofUser(() -> options.stopRule().check(progress)));
    }

    /** Returns the options that all parts are to use. */
    SearchOptions options() {
        return options;
    }

    private <T> T ofUser(Supplier<T> code) {
        try {
            return code.get();
        } catch (RuntimeException | Error e) {
            thrownByUser = e;
            throw e;
        }
    }

    /** Runs a part; returns its result, or nothing if it failed. */
    <T> Optional<T> attempt(String name, Supplier<T> part) {
        evaluations = 0;
        try {
            return Optional.of(part.get());
        } catch (RuntimeException e) {
            if (isOfUser(e)) {
                throw e;
            }
            fail(name, e, e);
        } catch (OutOfMemoryError | StackOverflowError e) {
            if (e == thrownByUser || !isKnown) {
                throw e;
            }
            fail(name, e, new IllegalStateException(name + " failed: " + e, e));
        }
        return Optional.empty();
    }

    private boolean isOfUser(RuntimeException e) {
        boolean isRefusal = (options.executor().isPresent() || !isOwn)
                && (e instanceof IllegalStateException || e instanceof IllegalArgumentException)
                && !(e instanceof InvalidProofException);
        return e == thrownByUser || !isKnown || isRefusal;
    }

    private void fail(String name, Throwable failure, RuntimeException thrown) {
        String message = String.valueOf(failure.getMessage());
        String kind =
                failure instanceof CodnnException ? "" : failure.getClass().getSimpleName() + ": ";
        String notice = "Part " + name + " of the search failed and was left out: " + kind + message;
        notices.add(notice.length() <= MAX_NOTICE ? notice : notice.substring(0, MAX_NOTICE) + "...");
        first = first == null ? thrown : first;
    }

    /** Returns how many placements the last part had evaluated at the end of its last iteration. */
    long evaluationsOfFailed() {
        return evaluations;
    }

    /** Returns one sentence for each part that failed. */
    List<String> notices() {
        return List.copyOf(notices);
    }

    /** Returns the notices in the record of a plan, and one for each part that failed. */
    List<String> notices(Optional<Plan> plan) {
        return Stream.concat(
                        plan.flatMap(Plan::run).map(RunRecord::notices).orElse(List.of()).stream(), notices.stream())
                .toList();
    }

    /** Returns why the first part failed. */
    RuntimeException failure() {
        return first == null ? new IllegalStateException("No part of the search was run") : first;
    }
}
