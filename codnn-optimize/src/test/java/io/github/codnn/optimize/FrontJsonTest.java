package io.github.codnn.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.exact.ExactPareto;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.testproblems.RandomScenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrontJsonTest {

    private static final OffloadingProblem PROBLEM =
            OffloadingProblem.of(RandomScenarios.chain(3, 5, 3), Objective.PERIOD);
    private static final List<Objective> OBJECTIVES = List.of(Objective.PERIOD, Objective.ENERGY);
    private static final ParetoFront FRONT = ParetoFront.of(
            OBJECTIVES,
            ExactPareto.withDefaults()
                    .search(PROBLEM, OBJECTIVES, SearchOptions.withDefaults())
                    .plans(),
            0.25);

    private static String render(ParetoFront front) {
        return FrontJson.render(PROBLEM.scenario(), front, 7, 1.5).replaceAll("\\s", "");
    }

    @Test
    void render_front_statesObjectivesFiguresAndPlans() {
        String text = render(FRONT);

        assertThat(text)
                .contains("\"format\":\"codnn-front/1\"", "\"seed\":7", "\"elapsedSeconds\":1.5")
                .contains("\"objectives\":[\"period\",\"energy\"]", "\"exact\":false", "\"epsilon\":0.25")
                .contains("\"boundCovers\":\"ALL_PLANS\"", "\"hypervolume\":" + FRONT.hypervolume())
                .contains(
                        "\"ideal\":" + compact(FRONT.ideal()),
                        "\"reference\":" + compact(FRONT.reference()) + ",\"seed\"")
                .contains("\"problem\":{\"format\":\"codnn-problem/1\"");
        assertThat(FRONT.figures()).isNotEmpty().allMatch(figures -> text.contains("\"values\":" + compact(figures)));
        assertThat(text.split("\"stages\":", -1))
                .hasSizeGreaterThan(FRONT.plans().size());
    }

    private static String compact(List<Double> figures) {
        return figures.toString().replace(" ", "");
    }

    @Test
    void render_exactOrUnprovenFront_saysSo() {
        assertThat(render(FRONT.withEpsilon(0))).contains("\"exact\":true", "\"epsilon\":0.0");
        assertThat(render(FRONT.withEpsilon(Double.POSITIVE_INFINITY))).contains("\"exact\":false", "\"epsilon\":null");
        assertThat(render(FRONT.withScope(BoundScope.WHOLE_BLOCKS).withNotices(List.of("One.", "Two."))))
                .contains("\"boundCovers\":\"WHOLE_BLOCKS\"", "\"notices\":[\"One.\",\"Two.\"]");
    }

    @Test
    void write_file_hasTheRenderedText(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("front.json");

        FrontJson.write(PROBLEM.scenario(), FRONT, 7, 1.5, file);

        assertThat(Files.readString(file)).isEqualToIgnoringWhitespace(render(FRONT));
    }

    @Test
    void checked_objectives_twoOrThreeDifferentOnes() {
        List<Objective> three = List.of(Objective.PERIOD, Objective.ENERGY, Objective.PRICE);

        assertThat(ParetoSearch.checked(OBJECTIVES)).isEqualTo(OBJECTIVES);
        assertThat(ParetoSearch.checked(three)).isEqualTo(three);
        for (List<Objective> wrong : List.of(
                List.of(Objective.PERIOD),
                List.of(Objective.PERIOD, Objective.PERIOD),
                List.of(Objective.PERIOD, Objective.ENERGY, Objective.PRICE, Objective.MEAN))) {
            assertThatThrownBy(() -> ParetoSearch.checked(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("two or three");
        }
    }
}
