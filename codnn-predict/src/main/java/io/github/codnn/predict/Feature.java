package io.github.codnn.predict;

import java.util.function.ToDoubleFunction;

/**
 * One column of a regression.
 *
 * @param name its name, as in files
 * @param of computes it, zero or greater
 */
record Feature(String name, ToDoubleFunction<LayerWork> of) {

    static final Feature CONSTANT = new Feature("one", work -> 1);

    double value(LayerWork work) {
        return of.applyAsDouble(work);
    }

    /**
     * The part of a quantity above a knee; a sum of these is a piecewise linear cost whose slope increases at every
     * knee, as when caches overflow.
     */
    static double beyond(double quantity, double knee) {
        return quantity > knee ? quantity - knee : 0;
    }
}
