package io.github.codnn.run;

import io.github.codnn.runtime.TensorValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What goes from vertex to vertex for one frame. Immutable.
 *
 * @param number the number of the frame, from 0
 * @param readyNanos when the sender had it, on the sender's monotonic clock, which the processes of one machine share
 * @param tensors the tensors that the receiver needs
 * @param nanos how long each step took that led here, by its index
 * @param failure why there is no result, or the empty text
 * @param arrivedNanos when it arrived from another member, on the monotonic clock; 0 if it did not
 */
record Frame(
        long number,
        long readyNanos,
        List<TensorValue> tensors,
        Map<Integer, Long> nanos,
        String failure,
        long arrivedNanos) {

    Frame(long number, long readyNanos, List<TensorValue> tensors, Map<Integer, Long> nanos, String failure) {
        this(number, readyNanos, tensors, nanos, failure, 0);
    }

    Frame {
        tensors = List.copyOf(tensors);
        nanos = Map.copyOf(nanos);
    }

    /** Returns the frame of the same number that takes the given failure onwards in place of tensors. */
    Frame failed(String reason) {
        return new Frame(number, readyNanos, List.of(), nanos, reason);
    }

    boolean isFailed() {
        return !failure.isEmpty();
    }

    /** Returns this frame after a step, which made the tensors and took some time. */
    Frame after(int step, long tookNanos, long endNanos, List<TensorValue> results) {
        Map<Integer, Long> steps = new LinkedHashMap<>(nanos);
        steps.put(step, tookNanos);
        return new Frame(number, endNanos, results, steps, failure);
    }

    /** Returns this frame with those tensors only that have one of some names. */
    Frame only(List<String> names) {
        return new Frame(
                number,
                readyNanos,
                tensors.stream().filter(value -> names.contains(value.name())).toList(),
                nanos,
                failure);
    }

    /** Puts the parts together that several senders have of one frame. */
    static Frame joined(List<Frame> parts) {
        Frame first = parts.get(0);
        if (parts.size() == 1) {
            return first;
        }
        long ready = first.readyNanos;
        List<TensorValue> tensors = new ArrayList<>();
        Map<Integer, Long> nanos = new LinkedHashMap<>();
        String failure = "";
        for (Frame part : parts) {
            if (part.number != first.number) {
                throw new IllegalStateException("Frame " + part.number + " arrives beside frame " + first.number);
            }
            ready = part.readyNanos - ready > 0 ? part.readyNanos : ready;
            tensors.addAll(part.tensors);
            nanos.putAll(part.nanos);
            failure = failure.isEmpty() ? part.failure : failure;
        }
        return new Frame(first.number, ready, failure.isEmpty() ? tensors : List.of(), nanos, failure);
    }
}
