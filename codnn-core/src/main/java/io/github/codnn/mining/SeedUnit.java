package io.github.codnn.mining;

/** Finds the frequent patterns of one edge. */
final class SeedUnit extends Unit {

    private final LabelIndex index;
    private final int minSupport;

    SeedUnit(LabelIndex index, int minSupport) {
        this.index = index;
        this.minSupport = minSupport;
    }

    @Override
    void work(WorkMeter meter, Outcome outcome) {
        for (int label = 0; label < index.labels(); label++) {
            for (EdgeType type : index.typesFrom(label)) {
                if (type.compareTo(type.reversed(index.isDirected())) <= 0) {
                    meter.step();
                    outcome.countCandidate();
                    PatternState state = state(type);
                    outcome.add(state, new GrowthUnit(index, minSupport, state));
                }
            }
        }
    }

    /** All edges of a type are embeddings of it; one witness per vertex is enough. */
    private PatternState state(EdgeType type) {
        Relation relation = index.relation(type);
        long[] sources = BitSets.empty(index.count(type.source()));
        long[] targets = BitSets.empty(index.count(type.target()));
        IntList embeddings = new IntList();
        for (int u = 0; u + 1 < relation.offset.length; u++) {
            for (int i = relation.offset[u]; i < relation.offset[u + 1]; i++) {
                int v = relation.target[i];
                if (!BitSets.contains(sources, u) || !BitSets.contains(targets, v)) {
                    BitSets.add(sources, u);
                    BitSets.add(targets, v);
                    embeddings.add(u);
                    embeddings.add(v);
                }
            }
        }
        return new PatternState(
                DfsCode.ofEdge(type), index.support(type), new long[][] {sources, targets}, embeddings.toArray());
    }
}
