package io.github.codnn.mining;

/** A frequent pattern with the results that its extensions reuse. */
final class PatternState {

    final DfsCode code;
    final int support;

    /** Possible images of each node; no embedding maps the node to any other vertex. */
    final long[][] domains;

    /** Embeddings found, {@code code.nodes()} images each, one after the other. */
    final int[] embeddings;

    PatternState(DfsCode code, int support, long[][] domains, int[] embeddings) {
        this.code = code;
        this.support = support;
        this.domains = domains;
        this.embeddings = embeddings;
    }
}
