/**
 * Measures the speed of the library and the quality of its plans, alone and in comparison with other libraries.
 *
 * <p>Start from {@link io.github.codnn.bench.EvaluateBenchmark}. JMH runs the classes whose names end in
 * {@code Benchmark}: {@code java -jar benchmarks.jar EvaluateBenchmark}. Each answers one question, which its first
 * sentence states:
 *
 * <ul>
 *   <li>planning: {@link io.github.codnn.bench.EvaluateBenchmark}, {@link io.github.codnn.bench.SwarmBenchmark},
 *       {@link io.github.codnn.bench.IslandBenchmark}, {@link io.github.codnn.bench.MultiTaskBenchmark},
 *       {@link io.github.codnn.bench.ExactBenchmark}, {@link io.github.codnn.bench.PeerBenchmark};
 *   <li>networks: {@link io.github.codnn.bench.ImportBenchmark}, {@link io.github.codnn.bench.CollapseBenchmark},
 *       {@link io.github.codnn.bench.MiningBenchmark};
 *   <li>predictions: {@link io.github.codnn.bench.FitBenchmark}, {@link io.github.codnn.bench.PredictionBenchmark}.
 * </ul>
 *
 * <p>Four classes are programs with a {@code main} method, which print a table in Markdown; run them with
 * {@code java -cp benchmarks.jar io.github.codnn.bench.SearchQuality}:
 *
 * <ul>
 *   <li>{@link io.github.codnn.bench.SearchQuality}: how far heuristics are from proven optima;
 *   <li>{@link io.github.codnn.bench.TimeToOptimum}: how long searches take to come within 1 % of an optimum;
 *   <li>{@link io.github.codnn.bench.MultiTaskComparison}: how much energy plans of many tasks need, by strategy;
 *   <li>{@link io.github.codnn.bench.PeerRates}: evaluations per second of CPU time, by library.
 * </ul>
 *
 * <p>All other classes are problems, data and adapters of other libraries. Depends on all packages of the library for
 * users.
 */
@NullMarked
package io.github.codnn.bench;

import org.jspecify.annotations.NullMarked;
