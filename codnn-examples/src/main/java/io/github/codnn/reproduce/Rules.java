package io.github.codnn.reproduce;

import io.github.codnn.reproduce.Judgement.Verdict;
import java.util.List;
import java.util.function.Predicate;

/** The rules of the hypotheses. Each can confirm, refute, or leave a hypothesis undecided. */
final class Rules {

    /** An excess over equation 1 that is worth a name. */
    static final double MARGIN = 0.01;

    private static final String TIES = "A seed or platform on which both are equal, to 0.1 %, is a tie, which speaks "
            + "neither for nor against. ";
    private static final int FEWEST = 6; // figures, as for intervals

    private Rules() {}

    /** The rule of {@link #leads}. */
    static final String LEADS = TIES + "Confirmed if, against every rival, fewer than half are ties and, among the "
            + "others, the corrected p is below 0.05 and the interval of the median has no negative part; refuted if "
            + "against some rival fewer than half are ties, the corrected p is below 0.05 and the interval has no "
            + "positive part; else a tie if against some rival half are ties or more; otherwise not decided.";

    static Verdict leads(List<Evidence> rivals) {
        return allOrAny(
                rivals,
                rival -> rival.isSignificant() && rival.sample().lower() >= 0,
                rival -> rival.isSignificant() && rival.sample().upper() <= 0);
    }

    /** The rule of {@link #rises} for an advantage over rivals. */
    static String growsText(String margin) {
        return "A seed or platform on which both are equal, to 0.1 %, at every size is a tie, which speaks neither for "
                + "nor against. Confirmed if every slope has fewer than half ties and, among the others, a corrected p "
                + "below 0.05 (Page's test) and an interval above 0; refuted if some slope has fewer than half ties "
                + "and its whole interval lies below " + margin + "; else a tie if some slope has half ties or more; "
                + "otherwise not decided.";
    }

    /** The rule of {@link #rises} for a number, which no rival can tie. */
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
        if (items.stream().anyMatch(item -> !item.isTie() && refutes.test(item))) {
            return Verdict.REFUTED;
        }
        if (items.stream().anyMatch(item -> item.isTie() && item.units() >= FEWEST)) {
            return Verdict.TIE;
        }
        return !items.isEmpty() && items.stream().allMatch(item -> !item.isTie() && confirms.test(item))
                ? Verdict.CONFIRMED
                : Verdict.NOT_DECIDED;
    }
}
