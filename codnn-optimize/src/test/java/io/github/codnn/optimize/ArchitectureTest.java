package io.github.codnn.optimize;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static io.github.codnn.testing.ArchitectureRules.sees;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import io.github.codnn.strategy.Decoder;
import io.github.codnn.testing.ArchitectureRules;
import io.github.codnn.testing.MainClasses;
import java.io.Serializable;

/** Strategies see the search, the search sees core, and neither sees the predictors. */
@AnalyzeClasses(locations = MainClasses.class)
final class ArchitectureTest {

    private static final String[] VISIBLE = {
        "collapse", "cost", "format", "graph", "mining", "plan", "platform", "zoo", "optimize"
    };

    @ArchTest
    static final ArchTests EVERYWHERE = ArchTests.in(ArchitectureRules.class);

    @ArchTest
    static final ArchRule OPTIMIZE = sees("optimize", VISIBLE);

    @ArchTest
    static final ArchRule STRATEGY = sees("strategy", VISIBLE);

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
