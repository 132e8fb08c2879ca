package io.github.codnn.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.codnn.plan.PlanEvaluator;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Problem files of the literature; skipped without test data. */
class PublishedProblemsTest {

    @Test
    void read_everyPublishedProblem_roundTrips() throws IOException {
        Path folder = TestData.path("data/problems");
        List<Path> files;
        try (var listing = Files.list(folder)) {
            files = listing.sorted().toList();
        }
        assertThat(files).hasSizeGreaterThanOrEqualTo(18);
        for (Path file : files) {
            Scenario scenario = ProblemJson.read(file);
            assertThat(file.getFileName()).hasToString(scenario.name() + ".json");
            String text = ProblemJson.render(scenario);
            assertThat(ProblemJson.parse(text)).as(scenario.name()).isEqualTo(scenario);
            assertThat(ProblemJson.render(ProblemJson.parse(text))).isEqualTo(text);
            PlanEvaluator.of(scenario);
        }
    }

    /** The optimum of this file is 83.886080 ms: one cut, behind the layer that writes the smallest tensor. */
    @Test
    void read_publishedProblem_evaluatesToItsReference() throws IOException {
        Path file = TestData.path("data/problems/pipedream-alexnet-n2-b1e08.json");
        Scenario scenario = ProblemJson.read(file);
        PlanEvaluator evaluator = PlanEvaluator.of(scenario);
        int layers = evaluator.compiled().layerCount();
        var evaluation = evaluator.newEvaluation();
        double best = Double.POSITIVE_INFINITY;
        for (int cut = 0; cut <= layers; cut++) {
            int[] placement = new int[layers];
            Arrays.fill(placement, cut, layers, 1);
            evaluation.evaluate(placement);
            best = Math.min(best, evaluation.periodSeconds());
        }

        double optimum = new ObjectMapper()
                .readTree(file.toFile())
                .path("reference")
                .path("optimum")
                .asDouble();
        assertThat(best).isCloseTo(optimum, within(1e-12));
        assertThat(Optional.of(scenario.workload().tasks().get(0).graph().isChain()))
                .contains(true);
    }
}
