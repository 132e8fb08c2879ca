package io.github.codnn;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import io.github.codnn.testing.ArchitectureRules;
import io.github.codnn.testing.MainClasses;
import java.util.Map;
import java.util.Set;

/** The arrows between the packages of this module. */
@AnalyzeClasses(locations = MainClasses.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchTests EVERYWHERE = ArchTests.in(ArchitectureRules.class);

    @ArchTest
    static void arrows_areExactlyThese(JavaClasses classes) {
        assertThat(ArchitectureRules.arrows(classes))
                .isEqualTo(Map.ofEntries(
                        Map.entry("collapse", Set.of("graph", "mining", "plan", "scenario")),
                        Map.entry("cost", Set.of("graph", "platform")),
                        Map.entry("darknet", Set.of("graph", "zoo")),
                        Map.entry("json", Set.of("cost", "graph", "plan", "platform", "scenario", "simulate")),
                        Map.entry("onnx", Set.of("cost", "graph", "plan", "platform", "scenario", "split")),
                        Map.entry("plan", Set.of("cost", "graph", "platform", "scenario")),
                        Map.entry("scenario", Set.of("cost", "graph", "platform")),
                        Map.entry("simulate", Set.of("cost", "graph", "plan", "platform", "scenario")),
                        Map.entry("split", Set.of("platform")),
                        Map.entry("zoo", Set.of("graph"))));
    }
}
