package io.github.codnn.predict;

import static io.github.codnn.predict.Feature.beyond;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The features of {@link LayerFeatures#FULL}, by family.
 *
 * <p>They model how CPU libraries run a layer. A convolution unfolds its input row by row and multiplies in tiles: the
 * tile of 12 rows and 16 columns and the blocks of 128 are those of common single-precision kernels for x86; on a
 * device with other tiles the fit sets the weight of such a column to zero. Pooling reduces whole input rows first,
 * then along the row. Knees at powers of two (of the square root of two if one quantity dominates) let each fit find
 * the sizes of the caches.
 */
final class FullFeatures {

    private static final double TILE_ROWS = 12;
    private static final double TILE_COLUMNS = 16;
    private static final double BLOCK = 128;

    private static final List<Feature> CONVOLUTION = convolution();
    private static final List<Feature> FULLY_CONNECTED = fullyConnected();
    private static final List<Feature> POOLING = pooling();
    private static final List<Feature> OTHER = other();

    private FullFeatures() {}

    static List<Feature> of(OperatorFamily family) {
        return switch (family) {
            case CONVOLUTION -> CONVOLUTION;
            case FULLY_CONNECTED -> FULLY_CONNECTED;
            case POOLING -> POOLING;
            case OTHER -> OTHER;
        };
    }

    private static List<Feature> convolution() {
        List<Feature> f = new ArrayList<>();
        f.add(Feature.CONSTANT);
        f.add(new Feature("groups", LayerWork::groups));
        f.add(new Feature("input bytes", LayerWork::inputBytes));
        f.add(new Feature("output bytes", LayerWork::outputBytes));
        f.add(new Feature("weights", LayerWork::weightElements));
        f.add(new Feature("MACs, window 1", w -> w.windowElements() == 1 ? w.productMacs() : 0));
        f.add(new Feature("MACs, window 2 to 9", w -> between(w, 2, 9) ? w.productMacs() : 0));
        f.add(new Feature("MACs, window 10 to 25", w -> between(w, 10, 25) ? w.productMacs() : 0));
        f.add(new Feature("MACs, window over 25", w -> w.windowElements() > 25 ? w.productMacs() : 0));
        addUnfolding(f);
        addTiling(f);
        addKnees(f, "input bytes", LayerWork::inputBytes, 17, 25);
        addKnees(f, "output bytes", LayerWork::outputBytes, 17, 25);
        for (int power = 17; power <= 23; power++) {
            double knee = Math.scalb(1.0, power);
            f.add(new Feature(
                    "weight bytes of a group over 2^" + power + ", for each column block",
                    w -> w.groups() * blocks(w.n()) * beyond(4 * w.m() * w.k(), knee)));
        }
        for (int power = 17; power <= 24; power++) {
            double knee = Math.scalb(1.0, power);
            f.add(new Feature(
                    "MACs of input bytes over 2^" + power,
                    w -> w.inputBytes() == 0 ? 0 : w.productMacs() * (beyond(w.inputBytes(), knee) / w.inputBytes())));
        }
        return List.copyOf(f);
    }

    private static void addUnfolding(List<Feature> f) {
        f.add(new Feature(
                "unfolded elements, stride 1", w -> w.unfolded() && w.stride() == 1 ? w.unfoldedElements() : 0));
        f.add(new Feature(
                "unfolded elements, stride 2 up", w -> w.unfolded() && w.stride() > 1 ? w.unfoldedElements() : 0));
        f.add(new Feature("unfolded rows", w -> w.unfolded() ? w.groups() * w.k() * outputRowsPerChannel(w) : 0));
        f.add(new Feature("packed elements, not unfolded", w -> w.unfolded() ? 0 : w.unfoldedElements()));
    }

    private static void addTiling(List<Feature> f) {
        f.add(new Feature(
                "MACs in whole tiles", w -> w.groups() * up(w.m(), TILE_ROWS) * up(w.n(), TILE_COLUMNS) * w.k()));
        f.add(new Feature("MACs in whole tile rows", w -> w.groups() * up(w.m(), TILE_ROWS) * w.n() * w.k()));
        f.add(new Feature("MACs in whole tile columns", w -> w.groups() * w.m() * up(w.n(), TILE_COLUMNS) * w.k()));
        f.add(new Feature("output elements, for each depth block", w -> w.groups() * w.m() * w.n() * blocks(w.k())));
        f.add(new Feature("weights, for each column block", w -> w.weightElements() * blocks(w.n())));
    }

    private static List<Feature> fullyConnected() {
        List<Feature> f = new ArrayList<>();
        f.add(Feature.CONSTANT);
        f.add(new Feature("input elements", LayerWork::inputElements));
        f.add(new Feature("output elements", LayerWork::outputElements));
        f.add(new Feature("weights", LayerWork::weightElements));
        addHalfKnees(f, "weight bytes", w -> 4 * w.weightElements(), 36, 52);
        return List.copyOf(f);
    }

    private static List<Feature> pooling() {
        List<Feature> f = new ArrayList<>();
        f.add(Feature.CONSTANT);
        f.add(new Feature("input elements", LayerWork::inputElements));
        f.add(new Feature("output elements", LayerWork::outputElements));
        f.add(new Feature("window elements", w -> w.outputElements() * w.windowElements()));
        f.add(new Feature("window columns", w -> w.outputElements() * w.windowWidth()));
        f.add(new Feature("output rows", LayerWork::outputRows));
        f.add(new Feature("channels", w -> w.outputRows() == 0 ? 0 : w.outputRows() / outputRowsPerChannel(w)));
        f.add(new Feature("window rows", w -> w.outputRows() * w.windowHeight()));
        f.add(new Feature("elements of window rows", w -> w.outputRows() * w.windowHeight() * w.inputWidth()));
        f.add(new Feature("window columns, stride 1", w -> w.stride() == 1 ? w.outputElements() * w.windowWidth() : 0));
        f.add(new Feature("window columns, stride 2", w -> w.stride() == 2 ? w.outputElements() * w.windowWidth() : 0));
        f.add(new Feature(
                "window columns, stride 3 up", w -> w.stride() > 2 ? w.outputElements() * w.windowWidth() : 0));
        addHalfKnees(f, "bytes moved", LayerWork::trafficBytes, 30, 51);
        return List.copyOf(f);
    }

    private static List<Feature> other() {
        List<Feature> f = new ArrayList<>();
        f.add(Feature.CONSTANT);
        f.add(new Feature("input bytes", LayerWork::inputBytes));
        f.add(new Feature("output bytes", LayerWork::outputBytes));
        addHalfKnees(f, "bytes moved", LayerWork::trafficBytes, 26, 50);
        return List.copyOf(f);
    }

    private static void addKnees(
            List<Feature> f, String name, ToDoubleFunction<LayerWork> quantity, int firstPower, int lastPower) {
        for (int power = firstPower; power <= lastPower; power++) {
            double knee = Math.scalb(1.0, power);
            f.add(new Feature(name + " over 2^" + power, w -> beyond(quantity.applyAsDouble(w), knee)));
        }
    }

    private static void addHalfKnees(
            List<Feature> f, String name, ToDoubleFunction<LayerWork> quantity, int firstHalf, int lastHalf) {
        for (int half = firstHalf; half <= lastHalf; half++) {
            double knee = Math.pow(2, half / 2.0);
            f.add(new Feature(name + " over 2^" + half / 2.0, w -> beyond(quantity.applyAsDouble(w), knee)));
        }
    }

    private static boolean between(LayerWork work, int least, int most) {
        return work.windowElements() >= least && work.windowElements() <= most;
    }

    private static double outputRowsPerChannel(LayerWork work) {
        return Math.max(1, work.outputHeight());
    }

    private static double up(double count, double multiple) {
        return Math.ceil(count / multiple) * multiple;
    }

    private static double blocks(double count) {
        return Math.ceil(count / BLOCK);
    }
}
