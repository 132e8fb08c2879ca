package io.github.codnn.reproduce;

import io.github.codnn.reproduce.Judgement.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What changed against the first version of the document, which had one verdict a claim. */
final class Changes {

    private static final List<Change> CLAIMS = List.of(
            new Change(
                    "reproduced",
                    "The first version looked at the best plan of four networks on one platform. Now pipelines of 2 "
                            + "to 4 devices are drawn on every platform, with overlapped and with blocking transfers."),
            new Change(
                    "in part",
                    "\"Every period is a proven optimum\" held among whole blocks only. Plans of single layers, which "
                            + "are faster at four divisions, now stand beside the bound that is proven for them."),
            new Change("reproduced", "The same figures: one row of 13 is misprinted, and the rule asks for all rows."),
            new Change(
                    "refuted",
                    "R2 of some kinds depends on how the rows are divided into folds; many divisions replace one. The "
                            + "features as meant are judged beside those as printed. The text now says which rows "
                            + "chose this library's own features."),
            new Change(
                    "in part",
                    "All 243 placements are evaluated, also those that return to a device, instead of the best "
                            + "pipeline of each bandwidth."),
            new Change(
                    "in part",
                    "The first version used one platform on which random search finds the optimum of every network. "
                            + "Its times of the published swarm came from plans that break rules, its inertia "
                            + "ended half way, and our swarm alone started from the plans of four rivals. Now "
                            + "many platforms are drawn, plans are of single layers, only feasible plans count, "
                            + "budgets are "
                            + "equal, and searches are compared seeded with seeded and unseeded with unseeded. The old "
                            + "verdict said \"in part\" even if ours beat nobody."),
            new Change(
                    "reproduced",
                    "That the least price does not rise as a deadline is loosened holds for every exact optimum, so "
                            + "that it is no evidence. What is tested is the number of devices, with random search "
                            + "beside the swarm."),
            new Change(
                    "in part",
                    "That faster links do not break more deadlines holds for every exact optimum, too. Slopes over the "
                            + "bandwidth are tested, with random search beside the swarm."),
            new Change(
                    "in part",
                    "Budgets differed by up to half, only one configuration was compared with and without flights, and "
                            + "growth with the devices was claimed and not tested. Now three configurations stand "
                            + "beside twins without flights and with light-tailed ones, and Page's test judges "
                            + "growth."),
            new Change("in part", "As in claim 9; the first version never tested that the advantage grows."));

    private static final String GENERAL = "All claims: the first version had one verdict a claim and rules that could "
            + "not refute. Now a claim is divided into hypotheses, each with a rule that was written before the "
            + "figures and that can confirm, refute or leave undecided; p-values are exact and corrected for all tests "
            + "of a claim. Equal results are a tie and no longer refute a lead, as a first rule for the same "
            + "hypotheses "
            + "had it: a rival that is as good does not contradict a lead unless it is better somewhere. The default "
            + "budget is 10,000 evaluations a search instead of 20,000, because platforms and contenders have become "
            + "more.\n\n";

    private Changes() {}

    /**
     * A claim in the first version.
     *
     * @param before its verdict
     * @param why what changed and why
     */
    private record Change(String before, String why) {}

    /** Renders the section for findings in the order of the claims. */
    static String section(List<Finding> findings) {
        Table table =
                Table.of("changes", "claim", "verdict of the first version", "verdicts now", "what changed, and why");
        for (int claim = 0; claim < findings.size(); claim++) {
            Change change = CLAIMS.get(claim);
            table = table.with(claim + 1, change.before, counts(findings.get(claim)), change.why);
        }
        return "## What changed against the first version, and why\n\n" + GENERAL + table.markdown();
    }

    private static String counts(Finding finding) {
        return Arrays.stream(Verdict.values())
                .filter(verdict -> count(finding, verdict) > 0)
                .map(verdict -> count(finding, verdict) + " " + verdict.words())
                .collect(Collectors.joining(", "));
    }

    private static long count(Finding finding, Verdict verdict) {
        return finding.judgements().stream()
                .filter(judgement -> judgement.verdict() == verdict)
                .count();
    }
}
