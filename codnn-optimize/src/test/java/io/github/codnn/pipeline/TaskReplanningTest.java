package io.github.codnn.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.codnn.optimize.Score;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchRun;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.plan.Evaluation;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.swarm.SplitMix;
import io.github.codnn.testproblems.RandomScenarios;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskReplanningTest {

    private static final int LAYERS = 6;
    private static final int DEVICES = 5;

    /** A task and pipelines that are drawn; the task is to respond. */
    private static final class Case {
        final OffloadingProblem problem;
        final Pipelines pipelines;
        final Pipeline[] tasks;
        final int task;
        final int fixed;
        final boolean isFirst;
        final SplitMix random;

        Case(long seed, Objective objective) {
            Scenario scenario = RandomScenarios.severalChains(seed, LAYERS, DEVICES);
            problem = OffloadingProblem.of(scenario, objective);
            pipelines = Pipelines.of(problem).orElseThrow();
            random = new SplitMix(seed);
            int[] placement = new int[problem.compiled().layerCount()];
            new RandomPlacement(Arrangement.of(problem)).drawStages(random, placement);
            tasks = new Pipeline[pipelines.tasks];
            for (int each = 0; each < tasks.length; each++) {
                tasks[each] = pipelines.newPipeline(each);
                pipelines.read(each, placement, tasks[each]);
            }
            task = random.nextInt(tasks.length);
            fixed = random.nextInt(pipelines.devices);
            isFirst = random.nextBoolean();
        }

        /** Returns the score of all tasks if one has these stages; without a second one if it is -1. */
        Score score(int first, int cut, int second) {
            Pipeline[] others = tasks.clone();
            others[task] = pipelines.newPipeline(task);
            others[task].stages = second < 0 ? 1 : 2;
            others[task].devices[0] = first;
            others[task].ends[0] = cut;
            if (second >= 0) {
                others[task].devices[1] = second;
                others[task].ends[1] = pipelines.layers(task);
            }
            return score(others);
        }

        Score score(Pipeline[] all) {
            int[] placement = new int[problem.compiled().layerCount()];
            new PipelinesEvaluation(pipelines).write(all, placement);
            Evaluation evaluation = problem.evaluator().newEvaluation();
            evaluation.evaluate(placement);
            return Score.of(evaluation, problem.fitness());
        }

        /** Returns the best score of all pipelines that a response chooses from. */
        Score best() {
            int layers = pipelines.layers(task);
            Score best = Score.NONE;
            for (int device = 0; device < pipelines.devices; device++) {
                best = better(best, score(device, layers, -1));
                for (int cut = 1; cut < layers && device != fixed && pipelines.devices > 1; cut++) {
                    best = better(best, score(isFirst ? fixed : device, cut, isFirst ? device : fixed));
                }
            }
            return best;
        }

        private static Score better(Score one, Score other) {
            return other.isBetterThan(one) ? other : one;
        }

        boolean respond() {
            boolean[] isOut = new boolean[tasks.length];
            isOut[task] = true;
            SharedLoads loads = new SharedLoads(pipelines, problem.fitness() == Objective.ENERGY);
            loads.begin(tasks, isOut);
            TaskResponses responses = new TaskResponses(pipelines, loads);
            for (int device = 0; device < pipelines.devices; device++) {
                responses.addCandidate(device);
            }
            return responses.respond(task, tasks[task], false, fixed, isFirst, random);
        }
    }

    /** Where other limits are broken anyway, a response may choose among evils; the price has no makespan in it. */
    @Test
    void respond_priceOfSmallProblems_isTheBestOfAllPipelinesByBruteForce() {
        assertThat(gapsToBruteForce(Objective.PRICE)).hasSizeGreaterThan(50).allMatch(gap -> gap <= 1e-9);
    }

    /** Idle energy depends on response times of other tasks and on devices that never wait; a response ignores both. */
    @Test
    void respond_energyOfSmallProblems_isNearlyTheBestOfAllPipelinesByBruteForce() {
        double[] gaps = gapsToBruteForce(Objective.ENERGY).stream()
                .mapToDouble(gap -> gap)
                .sorted()
                .toArray();
        assertThat(gaps.length).isGreaterThan(50);
        assertThat(gaps[gaps.length * 3 / 4]).isLessThan(1e-9);
        assertThat(gaps[gaps.length * 9 / 10]).isLessThan(0.05);
    }

    private static List<Double> gapsToBruteForce(Objective objective) {
        List<Double> gaps = new ArrayList<>();
        for (long seed = 0; seed < 400; seed++) {
            Case each = new Case(seed, objective);
            Score best = each.best();
            if (best.isFeasible() && each.respond()) {
                Score found = each.score(each.tasks);
                double more = found.value() - best.value();
                gaps.add(found.isFeasible() ? (more == 0 ? 0 : more / best.value()) : Double.POSITIVE_INFINITY);
            }
        }
        return gaps;
    }

    /** Loads, power and makespan are summed up task by task; the evaluator computes them from all at once. */
    @Test
    void add_allTasks_givesTheLoadsOfAllTogether() {
        for (long seed = 0; seed < 100; seed++) {
            Case each = new Case(seed, Objective.ENERGY);
            SharedLoads together = new SharedLoads(each.pipelines, true);
            together.begin(each.tasks, new boolean[each.tasks.length]);
            SharedLoads single = new SharedLoads(each.pipelines, true);
            boolean[] isOut = new boolean[each.tasks.length];
            Arrays.fill(isOut, true);
            single.begin(each.tasks, isOut);
            for (int task = 0; task < each.tasks.length; task++) {
                single.add(task, each.tasks[task]);
            }

            assertThat(single.load).isEqualTo(together.load);
            assertThat(single.limit).isEqualTo(together.limit);
            assertThat(single.watts).isEqualTo(together.watts);
            assertThat(single.cost).isEqualTo(together.cost);
            // Response times of tasks that are placed before do not count.
            assertThat(single.makespan).isBetween(0.0, together.makespan * (1 + 1e-9));
        }
    }

    @Test
    void starts_anyChains_areScoredAsByTheEvaluatorAndCounted() {
        for (long seed = 0; seed < 40; seed++) {
            Case each = new Case(seed, Objective.ENERGY);
            SearchOptions options = SearchOptions.withDefaults().withStopRule(StopRule.evaluations(1000));
            SearchRun run = SearchRun.start(each.problem, options, "test");
            List<int[]> starts = TaskReplanning.of(each.pipelines, Objective.ENERGY)
                    .orElseThrow()
                    .starts(each.problem, run, 100, each.random);
            if (!starts.isEmpty()) {
                Evaluation evaluation = each.problem.evaluator().newEvaluation();
                evaluation.evaluate(starts.get(0));
                Score first = Score.of(evaluation, Objective.ENERGY);
                assertThat(run.bestScore().value()).isCloseTo(first.value(), within(1e-9 * first.value()));
                long tasks = each.tasks.length;
                assertThat(run.evaluationsLeft(1000)).isBetween(1000 - 100 - 2 * tasks - 2, 1000 - tasks - 1);
            }
        }
    }

    @Test
    void of_objectivesThatAreNoSums_hasNoResponses() {
        Case each = new Case(1, Objective.ENERGY);
        assertThat(TaskReplanning.of(each.pipelines, Objective.PERIOD)).isEmpty();
        assertThat(TaskReplanning.of(each.pipelines, Objective.MEAN)).isEmpty();
        assertThat(TaskReplanning.of(each.pipelines, Objective.RESPONSE)).isEmpty();
        assertThat(TaskReplanning.of(each.pipelines, Objective.PRICE)).isPresent();
    }
}
