package io.github.codnn.collapse;

import io.github.codnn.graph.Layer;
import io.github.codnn.graph.Operator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Chooses which runs of segments become blocks: branched segments of one family that occur often enough, together with
 * the layers that are next to every occurrence; plain chains equal to the body of an inverted residual; pairs of
 * attention and feed-forward.
 */
final class BlockChoice {

    /**
     * A run of segments that becomes a block.
     *
     * @param from the first segment
     * @param to the segment after the last
     * @param label what the block is
     * @param family equal for blocks that are counted together
     */
    record Span(int from, int to, String label, String family) {}

    private final List<List<Layer>> segments;
    private final List<BlockPattern> patterns;
    private final int minSupport;
    private final int maxLayers;
    private final int[] layersBefore; // [segment]
    // [segment] the span that contains it, or contained it before it grew, or null
    private final @Nullable Span[] spanAt;

    BlockChoice(CarriedTensors network, int minSupport, int maxLayers) {
        this.segments = network.segments();
        this.patterns = IntStream.range(0, segments.size())
                .mapToObj(network::ownLayers)
                .map(PatternFinder::pattern)
                .toList();
        this.minSupport = minSupport;
        this.maxLayers = maxLayers;
        this.layersBefore = new int[segments.size() + 1];
        for (int segment = 0; segment < segments.size(); segment++) {
            layersBefore[segment + 1] =
                    layersBefore[segment] + segments.get(segment).size();
        }
        this.spanAt = new Span[segments.size()];
    }

    BlockPattern pattern(int segment) {
        return patterns.get(segment);
    }

    /** Returns the chosen spans in order; none overlaps another. */
    List<Span> spans() {
        for (int segment = 0; segment < patterns.size(); segment++) {
            if (patterns.get(segment).isBranched()) {
                BlockPattern pattern = patterns.get(segment);
                claim(new Span(segment, segment + 1, pattern.label(), pattern.family()));
            }
        }
        matchLinearBottlenecks();
        dropRare();
        widen();
        dropRare(); // normalisations that have become part of other blocks
        List<Span> spans = new ArrayList<>();
        for (int segment = 0; segment < spanAt.length; segment++) {
            Span span = spanAt[segment];
            if (span != null && span.from() == segment) {
                spans.add(span);
            }
        }
        return spans;
    }

    private boolean claim(Span span) {
        if (!fits(span)) {
            return false;
        }
        for (int segment = span.from(); segment < span.to(); segment++) {
            spanAt[segment] = span;
        }
        return true;
    }

    private boolean fits(Span span) {
        return layersBefore[span.to()] - layersBefore[span.from()] <= maxLayers;
    }

    /** An inverted residual whose input and output differ in shape has no shortcut, so it has no branches. */
    private void matchLinearBottlenecks() {
        Set<List<String>> bodies = new HashSet<>();
        List<BlockPattern> distinct = patterns.stream()
                .filter(pattern ->
                        pattern.label().startsWith(BlockPattern.INVERTED_RESIDUAL) && bodies.add(pattern.body()))
                .toList();
        for (BlockPattern pattern : distinct) {
            matchAll(pattern.body(), BlockPattern.INVERTED_RESIDUAL + "(linear)", pattern.family());
        }
        for (BlockPattern pattern : distinct) {
            int depthwise = 0;
            while (depthwise < pattern.body().size()
                    && !PatternFinder.isDepthwise(pattern.body().get(depthwise))) {
                depthwise++;
            }
            List<String> unexpanded =
                    pattern.body().subList(depthwise, pattern.body().size());
            if (!unexpanded.isEmpty()) {
                matchAll(unexpanded, BlockPattern.INVERTED_RESIDUAL + "(unexpanded)", pattern.family());
            }
        }
    }

    private void matchAll(List<String> body, String label, String family) {
        for (int from = 0; from + body.size() <= patterns.size(); from++) {
            if (matches(body, from) && claim(new Span(from, from + body.size(), label, family))) {
                from += body.size() - 1;
            }
        }
    }

    private boolean matches(List<String> body, int from) {
        for (int index = 0; index < body.size(); index++) {
            Span taken = spanAt[from + index];
            boolean inBlock = taken != null && taken.label().startsWith(BlockPattern.INVERTED_RESIDUAL);
            if (inBlock || !patterns.get(from + index).symbol().equals(body.get(index))) {
                return false;
            }
        }
        return true;
    }

    private void dropRare() {
        Map<String, Set<Span>> support = new HashMap<>();
        for (Span span : spanAt) {
            if (span != null) {
                support.computeIfAbsent(span.family(), any -> new HashSet<>()).add(span);
            }
        }
        for (int segment = 0; segment < spanAt.length; segment++) {
            Span span = spanAt[segment];
            if (span != null && support.getOrDefault(span.family(), Set.of()).size() < minSupport) {
                spanAt[segment] = null;
            }
        }
    }

    private void widen() {
        Map<String, List<Span>> families = new LinkedHashMap<>();
        for (int segment = 0; segment < spanAt.length; segment++) {
            Span span = spanAt[segment];
            if (span != null && span.from() == segment) {
                families.computeIfAbsent(span.family(), any -> new ArrayList<>())
                        .add(span);
            }
        }
        for (List<Span> family : families.values()) {
            BlockPattern.Join join = patterns.get(family.get(0).to() - 1).join();
            boolean linear = family.stream().anyMatch(span -> span.to() - span.from() > 1);
            if (join == BlockPattern.Join.SUM && !linear) {
                widen(family, 1);
            } else if (join == BlockPattern.Join.CONCAT && family.get(0).label().equals("Fire")) {
                widen(family, -1);
            }
        }
    }

    /** Extends each span by the next activation, normalisation or convolution while it is the same for all spans. */
    private void widen(List<Span> family, int step) {
        List<Span> spans = family;
        while (true) {
            Set<String> beside = new HashSet<>();
            for (Span span : spans) {
                int next = step > 0 ? span.to() : span.from() - 1;
                boolean free = next >= 0 && next < spanAt.length && mayJoin(span, next, step);
                beside.add(free ? patterns.get(next).symbol() : "");
            }
            if (beside.size() != 1 || beside.contains("")) {
                return;
            }
            List<Span> wider = spans.stream().map(span -> grown(span, step)).toList();
            if (!wider.stream().allMatch(this::fits)) {
                return;
            }
            for (int index = 0; index < wider.size(); index++) {
                Span before = spans.get(index);
                spanAt[before.from()] = wider.get(index);
                spanAt[step > 0 ? before.to() : before.from() - 1] = wider.get(index);
            }
            spans = wider;
        }
    }

    private static Span grown(Span span, int step) {
        int from = step > 0 ? span.from() : span.from() - 1;
        int to = step > 0 ? span.to() + 1 : span.to();
        return new Span(from, to, span.label(), span.family());
    }

    private boolean mayJoin(Span span, int segment, int step) {
        if (PatternFinder.isTransformer(span.label()) && PatternFinder.isNormalizing(segments.get(segment))) {
            return true;
        }
        if (spanAt[segment] != null || patterns.get(segment).isBranched()) {
            return false;
        }
        Operator operator = segments.get(segment).get(0).operator();
        return operator instanceof Operator.Activation
                || operator instanceof Operator.Normalization
                || (step < 0 && operator instanceof Operator.Convolution);
    }
}
