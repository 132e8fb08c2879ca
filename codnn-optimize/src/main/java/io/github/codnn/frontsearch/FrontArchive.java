package io.github.codnn.frontsearch;

import io.github.codnn.internal.Tolerances;
import io.github.codnn.optimize.ParetoFront;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The figures of plans found so far, two or three each, and a fast test whether one of them weakly dominates given
 * figures: a grid over all figures but the last one holds the least last figure of the plans below each cell. The test
 * takes constant time; it may miss a plan that dominates by less than one cell.
 */
public final class FrontArchive {

    /** Stands for the last stage of a plan that was known before. */
    public static final int KNOWN = -1;

    private static final int CELLS = 1 << 18;

    private final int axes;
    private final int across; // cells of the first figure
    private final int up; // cells of the second figure if there are three
    private final double[] origin; // [axis]
    private final double[] cellsPerUnit; // [axis]
    private final double[] least; // [cell] last figure
    private final List<Entry> entries = new ArrayList<>();
    private int compactAt = 1024;

    /** The figures of a plan and its last stage. */
    public static final class Entry {

        private final double[] figures;
        private final int stage;

        private Entry(double[] figures, int stage) {
            this.figures = figures;
            this.stage = stage;
        }

        /** Returns a figure of the plan. */
        public double figure(int axis) {
            return figures[axis];
        }

        /** Returns the last stage, {@link #KNOWN} if the plan was known before. */
        public int stage() {
            return stage;
        }
    }

    /**
     * Makes an empty archive.
     *
     * @param low a lower bound of each figure
     * @param high where the grid ends; plans above are kept, but the fast test ignores them
     */
    public FrontArchive(double[] low, double[] high) {
        axes = low.length;
        up = axes == 3 ? 512 : 1;
        across = CELLS / up;
        origin = low.clone();
        cellsPerUnit = new double[axes];
        for (int axis = 0; axis < axes; axis++) {
            int cells = axis == 0 ? across : up;
            cellsPerUnit[axis] = high[axis] > low[axis] ? (cells - 1) / (high[axis] - low[axis]) : 0;
        }
        least = new double[CELLS];
        Arrays.fill(least, Double.POSITIVE_INFINITY);
    }

    /** Tells whether a plan is known to be at least as good as figures but for rounding. */
    boolean covers(double[] figures) {
        int column = (int) Math.min(across - 1, position(0, figures[0], Tolerances.EQUAL));
        int row = axes == 3 ? (int) Math.min(up - 1, position(1, figures[1], Tolerances.EQUAL)) : 0;
        double last = figures[axes - 1];
        return column >= 0 && row >= 0 && least[column * up + row] <= last + Tolerances.EQUAL * Math.abs(last);
    }

    private double position(int axis, double figure, double slack) {
        return Math.floor((figure + slack * Math.abs(figure) - origin[axis]) * cellsPerUnit[axis]);
    }

    public void add(double[] figures, int stage) {
        entries.add(new Entry(figures.clone(), stage));
        if (entries.size() >= compactAt) {
            compact();
            compactAt = Math.max(1024, 2 * entries.size());
        }
        double column = Math.ceil((figures[0] - origin[0]) * cellsPerUnit[0]);
        double row = axes == 3 ? Math.ceil((figures[1] - origin[1]) * cellsPerUnit[1]) : 0;
        if (column < across && row < up) {
            lower((int) Math.max(0, column), (int) Math.max(0, row), figures[axes - 1]);
        }
    }

    private void lower(int column, int row, double last) {
        for (int x = column; x < across && least[x * up + row] > last; x++) {
            for (int y = row; y < up && least[x * up + y] > last; y++) {
                least[x * up + y] = last;
            }
        }
    }

    private void compact() {
        List<Entry> kept = ParetoFront.nonDominated(entries, entry -> entry.figures);
        entries.clear();
        entries.addAll(kept);
    }

    /** Returns the entries that no other one dominates. */
    public List<Entry> entries() {
        compact();
        return List.copyOf(entries);
    }
}
