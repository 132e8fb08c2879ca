package io.github.codnn;

import static io.github.codnn.testing.ArchitectureRules.sees;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.github.codnn.testing.ArchitectureRules;
import io.github.codnn.testing.MainClasses;

/** The arrows between the packages of this module: graph, platform, then cost, plan, collapse. */
@AnalyzeClasses(locations = MainClasses.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchTests EVERYWHERE = ArchTests.in(ArchitectureRules.class);

    @ArchTest
    static final ArchRule INTERNAL = sees("internal");

    @ArchTest
    static final ArchRule GRAPH = sees("graph");

    @ArchTest
    static final ArchRule PLATFORM = sees("platform");

    @ArchTest
    static final ArchRule MINING = sees("mining");

    @ArchTest
    static final ArchRule COST = sees("cost", "graph", "platform");

    @ArchTest
    static final ArchRule PLAN = sees("plan", "cost", "graph", "platform");

    @ArchTest
    static final ArchRule COLLAPSE = sees("collapse", "plan", "cost", "graph", "platform", "mining");

    @ArchTest
    static final ArchRule ZOO = sees("zoo", "collapse", "plan", "cost", "graph", "platform");

    @ArchTest
    static final ArchRule FORMAT = sees("format", "zoo", "collapse", "plan", "cost", "graph", "platform");
}
