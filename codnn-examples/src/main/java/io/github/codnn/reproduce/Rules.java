package io.github.codnn.reproduce;

import java.util.List;
import java.util.function.Predicate;

/** The rules of the hypotheses. Each can confirm, refute, or leave a hypothesis undecided. */
final class Rules {

    /** A saving that is worth a name. */
    static final double MARGIN = 0.01;

    private static final int FEWEST = 6; // figures, as for intervals

    private Rules() {}

    /** The rule of {@link #leads}. */
    static final String LEADS = "Confirmed if, against every rival, the corrected p is below 0.05 and the interval of "
            + "the median saving has no negative part; refuted if against some rival the whole interval lies below "
            + "1 %; otherwise not decided.";

    static Verdict leads(List<Evidence> rivals) {
        return allOrAny(
                rivals,
                rival -> rival.isSignificant()
                        && rival.sample().lower() >= 0
                        && rival.sample().median() > 0,
                rival -> rival.sample().upper() < MARGIN);
    }

    /** The rule of {@link #rises}. */
    static String risesText(String margin) {
        return "Confirmed if every slope has a corrected p below 0.05 (Page's test) and an interval above 0; refuted "
                + "if some slope's whole interval lies below " + margin + "; otherwise not decided.";
    }

    static Verdict rises(List<Evidence> slopes, double margin) {
        return allOrAny(
                slopes,
                slope -> slope.isSignificant() && slope.sample().lower() > 0,
                slope -> slope.sample().upper() < margin);
    }

    /** The rule of {@link #reaches}. */
    static String reachesText(String figure, String target) {
        return "Confirmed if the 5 % quantile of " + figure + " is at least " + target + "; refuted if the 95 % "
                + "quantile is less; otherwise not decided.";
    }

    static Verdict reaches(Sample sample, double target) {
        if (sample.size() < FEWEST) {
            return Verdict.NOT_DECIDED;
        }
        return sample.quantile(0.05) >= target
                ? Verdict.CONFIRMED
                : sample.quantile(0.95) < target ? Verdict.REFUTED : Verdict.NOT_DECIDED;
    }

    /** The rule of {@link #everywhere}. */
    static String everywhereText(String settings) {
        return "Confirmed if it holds at all " + settings + "; refuted if at none; otherwise not decided.";
    }

    static Verdict everywhere(Share holds) {
        return holds.successes() == holds.trials()
                ? Verdict.CONFIRMED
                : holds.successes() == 0 ? Verdict.REFUTED : Verdict.NOT_DECIDED;
    }

    private static Verdict allOrAny(List<Evidence> items, Predicate<Evidence> confirms, Predicate<Evidence> refutes) {
        if (items.stream().anyMatch(refutes)) {
            return Verdict.REFUTED;
        }
        return !items.isEmpty() && items.stream().allMatch(confirms) ? Verdict.CONFIRMED : Verdict.NOT_DECIDED;
    }
}
