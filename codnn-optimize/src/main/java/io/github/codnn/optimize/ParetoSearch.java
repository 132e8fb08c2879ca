package io.github.codnn.optimize;

import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import java.util.List;

/**
 * Searches for plans that are not dominated in several objectives. Implementations are immutable and thread-safe, and
 * return the same front for the same seed on any number of threads, unless the stop rule depends on time.
 */
@FunctionalInterface
public interface ParetoSearch {

    /**
     * Searches for a front.
     *
     * @param problem the problem; its own fitness is ignored
     * @param objectives what to minimise, two or three of them, none twice
     * @param options how the search is run
     * @return the feasible plans found that no other dominates, without records of a search; without plans if none was
     *     found. {@linkplain ParetoFront#verified Verified} by all searches of this library
     * @throws IllegalArgumentException if there are not two or three different objectives, or the search cannot solve
     *     problems of this kind
     */
    ParetoFront search(OffloadingProblem problem, List<Objective> objectives, SearchOptions options);

    /**
     * Checks the objectives of a front.
     *
     * @param objectives what to minimise
     * @return a copy of the list
     * @throws IllegalArgumentException if there are not two or three different objectives
     */
    static List<Objective> checked(List<Objective> objectives) {
        if (objectives.size() < 2
                || objectives.size() > 3
                || objectives.stream().distinct().count() < objectives.size()) {
            throw new IllegalArgumentException("A front needs two or three different objectives, but they are "
                    + objectives.stream().map(Objective::label).toList());
        }
        return List.copyOf(objectives);
    }
}
