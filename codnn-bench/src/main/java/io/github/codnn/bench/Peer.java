package io.github.codnn.bench;

import io.jenetics.DoubleGene;
import io.jenetics.Mutator;
import io.jenetics.UniformCrossover;
import io.jenetics.engine.Codecs;
import io.jenetics.engine.Engine;
import io.jenetics.util.DoubleRange;
import io.jenetics.util.RandomRegistry;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.moeaframework.algorithm.AbstractAlgorithm;
import org.moeaframework.algorithm.pso.SMPSO;
import org.moeaframework.algorithm.single.DifferentialEvolution;
import org.moeaframework.algorithm.single.GeneticAlgorithm;
import org.moeaframework.core.PRNG;
import org.moeaframework.core.Solution;
import org.moeaframework.core.variable.RealVariable;
import org.moeaframework.problem.AbstractProblem;
import org.uma.jmetal.algorithm.singleobjective.differentialevolution.DifferentialEvolutionBuilder;
import org.uma.jmetal.algorithm.singleobjective.particleswarmoptimization.StandardPSO2011;
import org.uma.jmetal.problem.doubleproblem.impl.AbstractDoubleProblem;
import org.uma.jmetal.solution.doublesolution.DoubleSolution;
import org.uma.jmetal.util.evaluator.impl.SequentialSolutionListEvaluator;
import org.uma.jmetal.util.pseudorandom.JMetalRandom;

/**
 * Optimisers of other Java libraries: population-based optimisers of real vectors with 100 individuals, except CMA-ES,
 * and a local search.
 */
public enum Peer {
    /** Standard PSO 2011 of jMetal. */
    JMETAL_PSO {
        @Override
        void search(KeyObjective objective, int evaluations, long seed) {
            JMetalRandom.getInstance().setSeed(seed);
            new StandardPSO2011(
                            new JMetalProblem(objective),
                            POPULATION,
                            evaluations / POPULATION,
                            3,
                            new SequentialSolutionListEvaluator<>())
                    .run();
        }
    },
    /** Differential evolution of jMetal. */
    JMETAL_DE {
        @Override
        void search(KeyObjective objective, int evaluations, long seed) {
            JMetalRandom.getInstance().setSeed(seed);
            new DifferentialEvolutionBuilder(new JMetalProblem(objective))
                    .setPopulationSize(POPULATION)
                    .setMaxEvaluations(evaluations)
                    .build()
                    .run();
        }
    },
    /** SMPSO of the MOEA Framework. */
    MOEA_SMPSO {
        @Override
        void search(KeyObjective objective, int evaluations, long seed) {
            runMoea(new SMPSO(new MoeaProblem(objective)), evaluations, seed);
        }
    },
    /** Differential evolution of the MOEA Framework. */
    MOEA_DE {
        @Override
        void search(KeyObjective objective, int evaluations, long seed) {
            runMoea(new DifferentialEvolution(new MoeaProblem(objective)), evaluations, seed);
        }
    },
    /** Genetic algorithm of the MOEA Framework. */
    MOEA_GA {
        @Override
        void search(KeyObjective objective, int evaluations, long seed) {
            runMoea(new GeneticAlgorithm(new MoeaProblem(objective)), evaluations, seed);
        }
    },
    /** Jenetics with uniform crossover and about one mutation for each individual. */
    JENETICS {
        @Override
        void search(KeyObjective objective, int evaluations, long seed) {
            RandomRegistry.with(new SplittableRandom(seed), random -> {
                Engine<DoubleGene, Double> engine = Engine.builder(
                                keys -> {
                                    System.arraycopy(keys, 0, objective.keys(), 0, keys.length);
                                    return objective.rate();
                                },
                                Codecs.ofVector(DoubleRange.of(0, 1), objective.keyCount()))
                        .minimizing()
                        .populationSize(POPULATION)
                        .alterers(new UniformCrossover<>(0.2), new Mutator<>(1.0 / objective.keyCount()))
                        .executor(Runnable::run)
                        .build();
                return engine.stream()
                        .takeWhile(result -> objective.evaluations() < evaluations)
                        .count();
            });
        }
    },
    /** CMA-ES of Commons Math. */
    CMA_ES {
        @Override
        void search(KeyObjective objective, int evaluations, long seed) {
            CmaEsSearch.search(objective, evaluations, seed);
        }
    },
    /** Late acceptance of Timefold: a single solution, not a population. */
    TIMEFOLD {
        @Override
        void search(KeyObjective objective, int evaluations, long seed) {
            TimefoldSearch.search(objective, evaluations, seed);
        }
    };

    private static final int POPULATION = 100;

    abstract void search(KeyObjective objective, int evaluations, long seed);

    private static void runMoea(AbstractAlgorithm algorithm, int evaluations, long seed) {
        PRNG.setSeed(seed);
        algorithm.run(evaluations);
    }

    private static final class JMetalProblem extends AbstractDoubleProblem {
        private static final long serialVersionUID = 1;

        private final transient KeyObjective objective;

        private JMetalProblem(KeyObjective objective) {
            this.objective = objective;
            numberOfObjectives(1);
            numberOfConstraints(0);
            name("CoDNN");
            variableBounds(
                    Collections.nCopies(objective.keyCount(), 0.0), Collections.nCopies(objective.keyCount(), 1.0));
        }

        @Override
        public DoubleSolution evaluate(DoubleSolution solution) {
            double[] keys = objective.keys();
            List<Double> variables = solution.variables();
            for (int key = 0; key < keys.length; key++) {
                keys[key] = variables.get(key);
            }
            solution.objectives()[0] = objective.rate();
            return solution;
        }
    }

    private static final class MoeaProblem extends AbstractProblem {
        private final KeyObjective objective;

        private MoeaProblem(KeyObjective objective) {
            super(objective.keyCount(), 1);
            this.objective = objective;
        }

        @Override
        public void evaluate(Solution solution) {
            double[] keys = objective.keys();
            for (int key = 0; key < keys.length; key++) {
                keys[key] = RealVariable.getReal(solution.getVariable(key));
            }
            solution.setObjectiveValue(0, objective.rate());
        }

        @Override
        public Solution newSolution() {
            Solution solution = new Solution(objective.keyCount(), 1);
            for (int key = 0; key < objective.keyCount(); key++) {
                solution.setVariable(key, new RealVariable(0, 1));
            }
            return solution;
        }
    }
}
