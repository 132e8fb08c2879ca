package io.github.codnn.text;

import io.github.codnn.plan.Plan;
import io.github.codnn.plan.UnknownWork;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a reader of a plan must know before trusting it: notices of the import, and work that no cost model knows. */
public final class TrustText {

    private static final int MAX_LAYERS = 5;
    private static final int MAX_NOTICES = 40;

    private TrustText() {}

    /**
     * Renders one line for each notice, for the first 40 of them.
     *
     * @param notices the notices
     * @return the lines, each with its end
     */
    public static String notices(Collection<String> notices) {
        String more = notices.size() > MAX_NOTICES
                ? String.format(
                        "notice: %s more notices; --json has all of them%n",
                        Figures.count(notices.size() - MAX_NOTICES))
                : "";
        return notices.stream()
                        .limit(MAX_NOTICES)
                        .map(notice -> String.format("notice: %s%n", ControlCharacters.shown(notice)))
                        .collect(Collectors.joining())
                + more;
    }

    /**
     * Renders the notices of all plans, each once.
     *
     * @param plans the plans
     * @return the lines, each with its end
     */
    public static String noticesOf(Collection<Plan> plans) {
        Set<String> notices = new LinkedHashSet<>();
        plans.forEach(plan -> notices.addAll(plan.notices()));
        return notices(notices);
    }

    /**
     * Renders which share of the time of a plan rests on unknown work.
     *
     * @param work the unknown work of a plan
     * @return a line with its end, nothing if all work is known
     */
    public static String unknownWork(UnknownWork work) {
        if (work.isEmpty()) {
            return "";
        }
        List<UnknownWork.Part> parts = work.layers();
        String named = parts.stream()
                .limit(MAX_LAYERS)
                .map(part -> ControlCharacters.shown("'" + part.layer() + "' (" + part.reason() + ")"))
                .collect(Collectors.joining(", "));
        String more = parts.size() > MAX_LAYERS ? " and " + (parts.size() - MAX_LAYERS) + " more" : "";
        return String.format(
                "unknown work: %s of the computing time rests on %s layer%s: %s%s%n",
                Figures.percent(work.share()), Figures.count(parts.size()), parts.size() == 1 ? "" : "s", named, more);
    }

    /**
     * Renders the limit of a proof about the costs of a plan.
     *
     * @param work the unknown work of the plan
     * @return a part of a sentence, nothing if all work is known
     */
    public static String limit(UnknownWork work) {
        return work.isEmpty()
                ? ""
                : "for the costs that are known (" + Figures.percent(work.share())
                        + " of the computing time rests on unknown work) ";
    }
}
