package io.github.codnn.adapt;

import io.github.codnn.internal.Checks;
import io.github.codnn.internal.Seeds;
import io.github.codnn.platform.Platform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Generators of bandwidth traces with a sample every second, relative to the rate that a platform states. That stands
 * for Wi-Fi; mobile networks have their share of it by mean uplink rates: Wi-Fi 18.88, 4G 5.85 and 3G 1.1 Mbit/s (C.
 * Hu et al., Dynamic adaptive DNN surgery for inference acceleration on the edge, INFOCOM 2019). How rates vary is
 * ours: no public source gives a law that fits all.
 */
public enum TraceModel {
    /** Wi-Fi at its mean, a slow variation of about 15 %, and a deep fade of 5 to 15 s about once in 90 s. */
    WIFI(18.88) {
        @Override
        double[] factors(int seconds, RandomGenerator random) {
            return faded(slow(seconds, 0.15, random), 1.0 / 90, random);
        }
    },
    /** 3G at its mean with a slow variation of about 25 %. */
    MOBILE_3G(1.1) {
        @Override
        double[] factors(int seconds, RandomGenerator random) {
            return slow(seconds, 0.25, random);
        }
    },
    /** 4G at its mean with a slow variation of about 25 %, and a fade about once in 120 s. */
    MOBILE_4G(5.85) {
        @Override
        double[] factors(int seconds, RandomGenerator random) {
            return faded(slow(seconds, 0.25, random), 1.0 / 120, random);
        }
    },
    /** A walk away from an access point and back: from Wi-Fi down to a twentieth and up again in four minutes. */
    WALK(18.88) {
        @Override
        double[] factors(int seconds, RandomGenerator random) {
            double[] factors = slow(seconds, 0.1, random);
            for (int second = 0; second < seconds; second++) {
                double distance = (1 - Math.cos(2 * Math.PI * second / 240)) / 2;
                factors[second] *= Math.pow(0.05, distance);
            }
            return factors;
        }
    },
    /** Wi-Fi at its mean and at a quarter of it, in turns of 30 to 90 s. */
    STEP(18.88) {
        @Override
        double[] factors(int seconds, RandomGenerator random) {
            return turns(seconds, 0.25, 30, 90, 30, 90, random);
        }
    },
    /** Wi-Fi at its mean for 30 to 90 s, then at a hundredth for 10 to 30 s. */
    OUTAGE(18.88) {
        @Override
        double[] factors(int seconds, RandomGenerator random) {
            return turns(seconds, 0.01, 30, 90, 10, 30, random);
        }
    },
    /** Wi-Fi with independent noise of 10 % around its mean. */
    NOISE(18.88) {
        @Override
        double[] factors(int seconds, RandomGenerator random) {
            double[] factors = new double[seconds];
            Arrays.setAll(factors, second -> Math.max(0.01, 1 + 0.1 * random.nextGaussian()));
            return factors;
        }
    };

    private static final double WIFI_MEGABITS_PER_SECOND = 18.88;
    private static final double MEMORY = 0.9;

    private final double megabitsPerSecond;

    TraceModel(double megabitsPerSecond) {
        this.megabitsPerSecond = megabitsPerSecond;
    }

    /** Returns the rate of each second relative to the mean. */
    abstract double[] factors(int seconds, RandomGenerator random);

    /**
     * Generates a trace.
     *
     * @param platform the platform, with the rate that stands for Wi-Fi
     * @param link what changes: the name of a medium, or {@code FROM:TO} of two devices
     * @param seconds the length, positive
     * @param seed the seed; the same trace for the same seed
     * @return the trace, with a point for every second
     * @throws IllegalArgumentException if the platform has no such medium or link
     */
    public BandwidthTrace trace(Platform platform, String link, int seconds, long seed) {
        Checks.positive(seconds, "seconds");
        double mean = BandwidthTrace.rate(platform, link) * (megabitsPerSecond / WIFI_MEGABITS_PER_SECOND);
        double[] factors = factors(seconds, Seeds.generator(seed));
        List<BandwidthTrace.Point> points = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
            points.add(new BandwidthTrace.Point(second, link, mean * factors[second]));
        }
        return new BandwidthTrace(points);
    }

    /**
     * Returns the name on the command line.
     *
     * @return the name, such as {@code wifi} or {@code 4g}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace("mobile_", "");
    }

    /**
     * Returns the generator of a name.
     *
     * @param label the name, as of {@link #label()}
     * @return the generator
     * @throws IllegalArgumentException if there is none
     */
    public static TraceModel named(String label) {
        return Arrays.stream(values())
                .filter(model -> model.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no trace '" + label + "'. There are "
                        + Arrays.stream(values()).map(TraceModel::label).collect(Collectors.joining(", "))));
    }

    /** A lognormal autoregressive process of mean about 1. */
    private static double[] slow(int seconds, double deviation, RandomGenerator random) {
        double[] factors = new double[seconds];
        double level = deviation * random.nextGaussian();
        for (int second = 0; second < seconds; second++) {
            factors[second] = Math.exp(level - deviation * deviation / 2);
            level = MEMORY * level + Math.sqrt(1 - MEMORY * MEMORY) * deviation * random.nextGaussian();
        }
        return factors;
    }

    private static double[] faded(double[] factors, double perSecond, RandomGenerator random) {
        int left = 0;
        for (int second = 0; second < factors.length; second++) {
            left = left == 0 && random.nextDouble() < perSecond ? random.nextInt(5, 16) : Math.max(0, left - 1);
            factors[second] *= left > 0 ? 0.1 : 1;
        }
        return factors;
    }

    private static double[] turns(
            int seconds, double low, int minHigh, int maxHigh, int minLow, int maxLow, RandomGenerator random) {
        double[] factors = new double[seconds];
        boolean high = true;
        int left = random.nextInt(minHigh, maxHigh + 1);
        for (int second = 0; second < seconds; second++, left--) {
            if (left == 0) {
                high = !high;
                left = high ? random.nextInt(minHigh, maxHigh + 1) : random.nextInt(minLow, maxLow + 1);
            }
            factors[second] = high ? 1 : low;
        }
        return factors;
    }
}
