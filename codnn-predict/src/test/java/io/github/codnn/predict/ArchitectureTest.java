package io.github.codnn.predict;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import io.github.codnn.testing.ArchitectureRules;
import io.github.codnn.testing.MainClasses;
import java.util.Map;
import java.util.Set;

/** The arrows between the packages of this module and those of codnn-core; none leads to the search. */
@AnalyzeClasses(locations = MainClasses.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchTests EVERYWHERE = ArchTests.in(ArchitectureRules.class);

    @ArchTest
    static void arrows_areExactlyThese(JavaClasses classes) {
        assertThat(ArchitectureRules.arrows(classes))
                .isEqualTo(Map.ofEntries(
                        Map.entry("monitor", Set.of("cost", "graph", "platform")),
                        Map.entry("predict", Set.of("cost", "graph", "platform")),
                        Map.entry("profile", Set.of("graph", "onnx", "ort", "predict")),
                        Map.entry("runtime", Set.of("graph", "ort", "split"))));
    }
}
