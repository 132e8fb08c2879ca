package io.github.codnn.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The messages of the contract fit on a screen, whatever the model does. */
class CostModelContractTest {

    private static CostModelContract contract(Supplier<CostModel> models) {
        return new CostModelContract() {
            @Override
            protected CostModel costModel() {
                return models.get();
            }
        };
    }

    private static void assertShort(Throwable failure, String part) {
        assertThat(failure).isInstanceOf(AssertionError.class).hasMessageContaining(part);
        assertThat(String.valueOf(failure.getMessage())).hasSizeLessThan(2000);
        assertThat(String.valueOf(failure.getMessage()).lines()).hasSizeLessThan(25);
    }

    @Test
    void contract_costsThatChange_namesAFew() {
        AtomicLong calls = new AtomicLong();
        CostModelContract contract = contract(() -> (layer, device) -> new Cost(calls.incrementAndGet(), 0));

        assertShort(catchThrowable(contract::costs_askedTwiceAndByAnotherModelObject_areTheSame), "costs that differ");
        assertShort(catchThrowable(contract::costs_askedByManyThreads_areTheSame), "costs that differ");
    }

    @Test
    void contract_blocksThatCostNothing_namesTheSum() {
        CostModelContract contract =
                contract(() -> (layer, device) -> layer.operator().kind().equals("Whole") ? Cost.ZERO : new Cost(1, 0));

        assertShort(catchThrowable(contract::compute_block_costsWhatItsLayersCostTogether), "0.0");
    }
}
