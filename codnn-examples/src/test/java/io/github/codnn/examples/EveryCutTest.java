package io.github.codnn.examples;

import io.github.codnn.examples.CustomStrategy.EveryCut;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.optimize.StrategyContract;

class EveryCutTest extends StrategyContract {

    @Override
    protected Strategy strategy() {
        return new EveryCut();
    }
}
