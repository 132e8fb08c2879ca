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
    private final List<BlockForm> forms;
    private final int minSupport;
    private final int maxLayers;
    private final int[] layersBefore; // [segment]
    // [segment] the span that contains it, or contained it before it grew, or null
    private final @Nullable Span[] spanAt;

    BlockChoice(CarriedTensors network, int minSupport, int maxLayers) {
        this.segments = network.segments();
        this.forms = IntStream.range(0, segments.size())
                .mapToObj(network::ownLayers)
                .map(FormFinder::form)
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

    BlockForm form(int segment) {
        return forms.get(segment);
    }

    /** Returns the chosen spans in order; none overlaps another. */
    List<Span> spans() {
        for (int segment = 0; segment < forms.size(); segment++) {
            if (forms.get(segment).isBranched()) {
                BlockForm form = forms.get(segment);
                claim(new Span(segment, segment + 1, form.label(), form.family()));
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

    /** An inverted residual whose input and output differ in shape has no shortcut, hence no branches. */
    private void matchLinearBottlenecks() {
        Set<List<String>> bodies = new HashSet<>();
        List<BlockForm> distinct = forms.stream()
                .filter(form -> form.label().startsWith(BlockForm.INVERTED_RESIDUAL) && bodies.add(form.body()))
                .toList();
        for (BlockForm form : distinct) {
            matchAll(form.body(), BlockForm.INVERTED_RESIDUAL + "(linear)", form.family());
        }
        for (BlockForm form : distinct) {
            int depthwise = 0;
            while (depthwise < form.body().size()
                    && !FormFinder.isDepthwise(form.body().get(depthwise))) {
                depthwise++;
            }
            List<String> unexpanded = form.body().subList(depthwise, form.body().size());
            if (!unexpanded.isEmpty()) {
                matchAll(unexpanded, BlockForm.INVERTED_RESIDUAL + "(unexpanded)", form.family());
            }
        }
    }

    private void matchAll(List<String> body, String label, String family) {
        for (int from = 0; from + body.size() <= forms.size(); from++) {
            if (matches(body, from) && claim(new Span(from, from + body.size(), label, family))) {
                from += body.size() - 1;
            }
        }
    }

    private boolean matches(List<String> body, int from) {
        for (int index = 0; index < body.size(); index++) {
            Span taken = spanAt[from + index];
            boolean inBlock = taken != null && taken.label().startsWith(BlockForm.INVERTED_RESIDUAL);
            if (inBlock || !forms.get(from + index).symbol().equals(body.get(index))) {
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
            BlockForm.Join join = forms.get(family.get(0).to() - 1).join();
            boolean linear = family.stream().anyMatch(span -> span.to() - span.from() > 1);
            if (join == BlockForm.Join.SUM && !linear) {
                widen(family, 1);
            } else if (join == BlockForm.Join.CONCAT && family.get(0).label().equals("Fire")) {
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
                beside.add(free ? forms.get(next).symbol() : "");
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
        if (FormFinder.isTransformer(span.label()) && FormFinder.isNormalizing(segments.get(segment))) {
            return true;
        }
        if (spanAt[segment] != null || forms.get(segment).isBranched()) {
            return false;
        }
        Operator operator = segments.get(segment).get(0).operator();
        return operator instanceof Operator.Activation
                || operator instanceof Operator.Normalization
                || (step < 0 && operator instanceof Operator.Convolution);
    }
}
