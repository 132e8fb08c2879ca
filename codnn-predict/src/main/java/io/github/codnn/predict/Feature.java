package io.github.codnn.predict;

import java.util.function.ToDoubleFunction;

/**
 * One column of a regression.
 *
 * @param name what it is, as written into files
 * @param of computes it, zero or greater
 */
record Feature(String name, ToDoubleFunction<LayerWork> of) {

    static final Feature CONSTANT = new Feature("one", work -> 1);

    double value(LayerWork work) {
        return of.applyAsDouble(work);
    }

    /** How far a quantity passes a knee; a sum of these is a cost that rises in steps of slope, as caches overflow. */
    static double beyond(double quantity, double knee) {
        return quantity > knee ? quantity - knee : 0;
    }
}
