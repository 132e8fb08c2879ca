package io.github.codnn.optimize;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.github.codnn.problem.Fitness;
import io.github.codnn.swarm.Decoder;
import io.github.codnn.testing.ArchitectureRules;
import io.github.codnn.testing.MainClasses;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;

/** The arrows between the packages of this module and those of codnn-core; none leads to the predictors. */
@AnalyzeClasses(locations = MainClasses.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchTests EVERYWHERE = ArchTests.in(ArchitectureRules.class);

    @ArchTest
    static void arrows_areExactlyThese(JavaClasses classes) {
        assertThat(ArchitectureRules.arrows(classes))
                .isEqualTo(Map.ofEntries(
                        Map.entry(
                                "adapt",
                                Set.of(
                                        "cost",
                                        "graph",
                                        "optimize",
                                        "plan",
                                        "planner",
                                        "platform",
                                        "problem",
                                        "scenario",
                                        "simulate")),
                        Map.entry(
                                "baseline", Set.of("optimize", "pipeline", "plan", "platform", "problem", "scenario")),
                        Map.entry("benchmark", Set.of("json", "problem", "scenario")),
                        Map.entry("chainsearch", Set.of("optimize", "pipeline", "plan", "problem", "scenario")),
                        Map.entry("closest", Set.of("optimize", "plan", "problem", "scenario")),
                        Map.entry("costsearch", Set.of("optimize", "plan", "problem", "scenario")),
                        Map.entry("dagsearch", Set.of("optimize", "plan", "platform", "problem", "scenario")),
                        Map.entry(
                                "exact",
                                Set.of(
                                        "chainsearch",
                                        "closest",
                                        "costsearch",
                                        "dagsearch",
                                        "frontsearch",
                                        "optimize",
                                        "pipeline",
                                        "plan",
                                        "problem",
                                        "scenario")),
                        Map.entry("frontsearch", Set.of("chainsearch", "optimize", "pipeline", "plan", "problem")),
                        Map.entry("optimize", Set.of("collapse", "graph", "json", "plan", "problem", "scenario")),
                        Map.entry("pipeline", Set.of("optimize", "plan", "platform", "problem", "scenario")),
                        Map.entry(
                                "planner",
                                Set.of(
                                        "baseline",
                                        "closest",
                                        "collapse",
                                        "exact",
                                        "graph",
                                        "optimize",
                                        "pipeline",
                                        "plan",
                                        "platform",
                                        "problem",
                                        "scenario",
                                        "simulate",
                                        "slicing",
                                        "swarm")),
                        Map.entry("problem", Set.of("plan", "platform", "scenario", "simulate")),
                        Map.entry("slicing", Set.of("dagsearch", "optimize", "plan", "problem", "scenario")),
                        Map.entry(
                                "swarm",
                                Set.of(
                                        "baseline",
                                        "chainsearch",
                                        "collapse",
                                        "optimize",
                                        "pipeline",
                                        "plan",
                                        "problem",
                                        "scenario"))));
    }

    /** Searches run on other machines, too. */
    @ArchTest
    static final ArchRule WHAT_GUIDES_A_SEARCH_CAN_TRAVEL = classes()
            .that()
            .areAssignableTo(Fitness.class)
            .or()
            .areAssignableTo(Decoder.class)
            .and()
            .areNotInterfaces()
            .should()
            .beAssignableTo(Serializable.class);
}
