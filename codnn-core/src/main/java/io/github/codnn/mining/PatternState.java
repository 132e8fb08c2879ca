package io.github.codnn.mining;

/** A frequent pattern with what its extensions can build on. */
final class PatternState {

    final DfsCode code;
    final int support;

    /** Possible images of each node; vertices left out are proven to have no part in any embedding there. */
    final long[][] domains;

    /** Embeddings found, {@code code.nodes()} images each, one after the other. */
    final int[] embeddings;

    PatternState(DfsCode code, int support, long[][] domains, int[] embeddings) {
        this.code = code;
        this.support = support;
        this.domains = domains;
        this.embeddings = embeddings;
    }

    int embeddingCount() {
        return embeddings.length / code.nodes();
    }
}
