package io.github.codnn.reproduce;

import io.github.codnn.reproduce.Judgement.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A hypothesis with its tests, which are corrected together with those of all hypotheses of the same claim.
 *
 * @param hypothesis what is tested
 * @param rule the rule in words
 * @param evidence the tests
 * @param verdict the rule
 * @param format renders a sample
 */
record Question(
        String hypothesis,
        String rule,
        List<Evidence> evidence,
        Function<List<Evidence>, Verdict> verdict,
        Function<Sample, String> format) {

    /** Asks whether ours leads. */
    static Question leads(String hypothesis, List<Evidence> rivals) {
        return new Question(hypothesis, Rules.LEADS, rivals, Rules::leads, Sample::percentages);
    }

    /** Asks whether an advantage, a share, rises; slopes below a margin do not count. */
    static Question advantageRises(String hypothesis, List<Evidence> slopes, double margin) {
        return rises(hypothesis, slopes, margin, Rules.growsText(Table.percent(margin)), Sample::percentages);
    }

    /** Asks whether a number rises; slopes below a margin do not count. */
    static Question numberRises(String hypothesis, List<Evidence> slopes, double margin) {
        return rises(hypothesis, slopes, margin, Rules.risesText(Table.number(margin)), Sample::interval);
    }

    private static Question rises(
            String hypothesis, List<Evidence> slopes, double margin, String rule, Function<Sample, String> format) {
        return new Question(hypothesis, rule, slopes, evidence -> Rules.rises(evidence, margin), format);
    }

    /** Judges all hypotheses of a claim, whose tests are one family. */
    static List<Judgement> judge(List<Question> questions) {
        List<Evidence> family = Evidence.corrected(questions.stream()
                .flatMap(question -> question.evidence.stream())
                .toList());
        List<Judgement> judgements = new ArrayList<>();
        int first = 0;
        for (Question question : questions) {
            List<Evidence> own = family.subList(first, first + question.evidence.size());
            first += own.size();
            judgements.add(question.judged(own));
        }
        return judgements;
    }

    private Judgement judged(List<Evidence> corrected) {
        String figures = corrected.stream()
                .map(each -> each.name() + " " + format.apply(each.sample()) + ", p "
                        + Table.probability(each.probability()) + each.shownTies())
                .collect(Collectors.joining("; "));
        return new Judgement(
                hypothesis, rule, verdict.apply(corrected), figures.isEmpty() ? "No unit has all figures." : figures);
    }
}
