package io.github.codnn.chainsearch;

/**
 * The cuts at which one class can follow another within a period: for each cut, the next and the previous one.
 */
final class CutTables {

    private static final int MAX_ENTRIES = 1 << 23;

    private final ChainModel model;
    private final int[][] next; // [from * classes + to][cut]
    private final int[][] previous;

    /** Tells whether the tables are small enough. */
    static boolean fits(ChainModel model) {
        return (long) model.layers * model.classes * model.classes <= MAX_ENTRIES;
    }

    CutTables(ChainModel model) {
        this.model = model;
        next = new int[model.classes * model.classes][model.layers + 1];
        previous = new int[model.classes * model.classes][model.layers + 1];
    }

    void prepare(double period) {
        for (int link = 0; link < next.length; link++) {
            int[] after = next[link];
            int[] before = previous[link];
            before[0] = -1;
            for (int cut = 1; cut < model.layers; cut++) {
                before[cut] = model.cutAllowed[cut] && model.transfer[cut][link] <= period ? cut : before[cut - 1];
            }
            before[model.layers] = before[model.layers - 1];
            after[model.layers] = model.layers;
            for (int cut = model.layers - 1; cut >= 0; cut--) {
                after[cut] = before[cut] == cut ? cut : after[cut + 1];
            }
        }
    }

    /** Returns for each cut that one or the next at which a class can follow another; the number of layers for none. */
    int[] next(int from, int to) {
        return next[from * model.classes + to];
    }

    /** Returns for each cut that one or the last before it; -1 for none. */
    int[] previous(int from, int to) {
        return previous[from * model.classes + to];
    }
}
