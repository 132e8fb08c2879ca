package io.github.codnn.chainsearch;

/**
 * Where a path may begin and end, and how long the upload and the return load the source and the sink if transfers
 * block them and they run another stage: the least over the allowed ends, so exact if there is a single one of each.
 *
 * @param first the classes that may run the first stage, as bits
 * @param last the classes that may run the last stage, as bits
 * @param uploadLoad what the upload loads a source with that runs another stage than the first, in seconds
 * @param returnLoad what the return loads a sink with that runs another stage than the last, in seconds
 */
record PathEnds(long first, long last, double uploadLoad, double returnLoad) {

    static PathEnds any(ChainModel model) {
        return of(model, (1L << model.classes) - 1, (1L << model.classes) - 1);
    }

    private static PathEnds of(ChainModel model, long first, long last) {
        double uploadLoad = model.blocking ? least(model.upload, first & ~bit(model.source)) : 0;
        double returnLoad = model.blocking ? least(model.results, last & ~bit(model.sink)) : 0;
        return new PathEnds(first, last, uploadLoad, returnLoad);
    }

    private static long bit(int deviceClass) {
        return deviceClass < 0 ? 0 : 1L << deviceClass;
    }

    private static double least(double[] seconds, long classes) {
        double least = Double.POSITIVE_INFINITY;
        for (long rest = classes; rest != 0; rest &= rest - 1) {
            least = Math.min(least, seconds[Long.numberOfTrailingZeros(rest)]);
        }
        return least;
    }

    boolean isSingle() {
        return Long.bitCount(first) == 1 && Long.bitCount(last) == 1;
    }

    /** Tells whether a class may run the first stage, and gets frames within a period. */
    boolean mayBegin(ChainModel model, int deviceClass, double period) {
        return (first & 1L << deviceClass) != 0 && model.upload[deviceClass] <= period;
    }

    /** Tells whether a class may run the last stage, and returns results within a period. */
    boolean mayEnd(ChainModel model, int deviceClass, double period) {
        return (last & 1L << deviceClass) != 0 && model.results[deviceClass] <= period;
    }

    /** Splits these ends so that each part allows one class where this allows several. */
    PathEnds[] split(ChainModel model) {
        boolean splitFirst = Long.bitCount(first) > 1;
        long several = splitFirst ? first : last;
        PathEnds[] parts = new PathEnds[Long.bitCount(several)];
        long rest = several;
        for (int part = 0; part < parts.length; part++, rest &= rest - 1) {
            long one = Long.lowestOneBit(rest);
            parts[part] = splitFirst ? of(model, one, last) : of(model, first, one);
        }
        return parts;
    }

    /**
     * Tells whether single ends alone break a period: both transfers use one device, or one link, that is busy with
     * them for longer.
     */
    boolean breaks(ChainModel model, double period) {
        int begin = Long.numberOfTrailingZeros(first);
        int end = Long.numberOfTrailingZeros(last);
        boolean oneDevice = model.blocking && model.source >= 0 && model.source == model.sink;
        boolean oneLink = model.source >= 0
                && model.sink >= 0
                && model.source != model.sink
                && begin == model.sink
                && end == model.source;
        return (oneDevice || oneLink) && model.upload[begin] + model.results[end] > period;
    }
}
