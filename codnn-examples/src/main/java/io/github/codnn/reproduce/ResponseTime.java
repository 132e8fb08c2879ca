package io.github.codnn.reproduce;

import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.zoo.ModelZoo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Compares DBPSO with the strategies of section 4.2. */
final class ResponseTime implements Reproduction.Experiment {

    private static final double LEAST_CLAIMED = 0.096;
    private static final List<Double> NETWORKS = List.of(0.0, 1.0, 2.0, 3.0);
    private static final List<Double> QUANTILES = List.of(0.05, 0.25, 0.5, 0.75, 0.95);

    @Override
    public String title() {
        return "DBPSO against other strategies (section 4.2)";
    }

    @Override
    public Finding run(Effort effort, Cells cells) {
        Contest contest = Contest.hold(
                cells,
                Contenders.SINGLE,
                effort.of(NETWORKS),
                effort.perPlatform(),
                (network, platform) -> OffloadingProblem.of(
                        Drawn.single(Drawn.LAYERS.get(networks(effort).get(network)), 1, platform), Objective.MEAN),
                Contest.Gain.SAVING);
        List<String> rules = Contenders.rivals(Contenders.SINGLE, Contender.Kind.RULE);
        List<String> others = Stream.concat(
                        rules.stream().filter(rule -> !Contenders.NAMED.contains(rule)),
                        Contenders.rivals(Contenders.SINGLE, Contender.Kind.UNSEEDED).stream())
                .toList();
        List<String> seeded = Stream.concat(
                        rules.stream(), Contenders.rivals(Contenders.SINGLE, Contender.Kind.SEEDED).stream())
                .toList();
        List<Judgement> judgements = new ArrayList<>(Question.judge(List.of(
                leads(
                        contest,
                        "The published DBPSO beats the strategies that the paper names",
                        Contenders.PUBLISHED,
                        Contenders.NAMED),
                leads(contest, "The published DBPSO beats the others, nobody seeded", Contenders.PUBLISHED, others),
                leads(
                        contest,
                        "Our defaults beat the strategies that the paper names, nobody seeded",
                        Contenders.OURS,
                        Contenders.NAMED),
                leads(contest, "Our defaults beat the others, nobody seeded", Contenders.OURS, others),
                leads(
                        contest,
                        "Our defaults beat all, searches seeded with the same plans",
                        Contenders.OURS_SEEDED,
                        seeded))));
        for (String ours : List.of(Contenders.PUBLISHED, Contenders.OURS)) {
            for (String rival : Contenders.NAMED) {
                judgements.add(size(contest, ours, rival));
            }
        }
        return finding(effort, contest, judgements);
    }

    private static List<Integer> networks(Effort effort) {
        return effort.of(NETWORKS).stream().map(Double::intValue).toList();
    }

    private static Question leads(Contest contest, String hypothesis, String ours, List<String> rivals) {
        return Question.leads(hypothesis + ".", contest.against(ours, rivals));
    }

    private static Judgement size(Contest contest, String ours, String rival) {
        Sample savings = contest.meanGains(ours, rival);
        return new Judgement(
                "The mean saving over the networks of the " + ours + " against " + rival + " is at least 9.6 %.",
                Rules.reachesText("the savings over platforms", "9.6 %"),
                Rules.reaches(savings, LEAST_CLAIMED),
                "Median " + savings.percentages() + ", 5 % quantile " + Table.percent(savings.quantile(0.05))
                        + ", 95 % quantile " + Table.percent(savings.quantile(0.95)) + ".");
    }

    private Finding finding(Effort effort, Contest contest, List<Judgement> judgements) {
        List<String> labels = networks(effort).stream()
                .map(Drawn.NETWORKS::get)
                .map(ModelZoo::title)
                .toList();
        List<String> all = Contenders.SINGLE.stream().map(Contender::name).toList();
        return new Finding(
                title(),
                "DBPSO needs 9.6 % to 53.1 % less mean response time than Neurosurgeon, DNNOff and others on VGG-16, "
                        + "VGG-19, GoogLeNet and DarkNet-53.",
                effort.platforms() + " platforms drawn from published device and link figures: a terminal, two to "
                        + "four edge devices and a server in the cloud; 3G, 4G, Wi-Fi or Ethernet to the terminal. "
                        + "Least mean time of " + Drawn.FRAMES + " frames, equation 1, over single layers, and a "
                        + "device may run any number of stages. Every search has " + effort.evaluations()
                        + " evaluations. A unit of the tests is a platform, its figure the mean saving over the "
                        + "networks. Devices, links and constants of the paper are not published, so that a single "
                        + "range cannot be compared: the first table has the distribution of the savings.",
                judgements,
                List.of(
                        distribution(contest, all),
                        contest.comparison("strategies", "", labels, Contenders.PUBLISHED, all),
                        contest.comparison("strategies-ours", "", labels, Contenders.OURS, all),
                        contest.comparison("strategies-seeded", "", labels, Contenders.OURS_SEEDED, all),
                        contest.budgets("strategies-budgets")),
                List.of());
    }

    private static Table distribution(Contest contest, List<String> rivals) {
        List<String> titles = new ArrayList<>(List.of("DBPSO", "saving against"));
        QUANTILES.forEach(quantile -> titles.add(Table.percent(quantile) + " quantile"));
        titles.add("problems with 9.6 % to 53.1 %");
        Table table = Table.of("savings", titles.toArray(String[]::new));
        for (String ours : List.of(Contenders.PUBLISHED, Contenders.OURS, Contenders.OURS_SEEDED)) {
            for (String rival : rivals) {
                Sample savings = contest.allGains(ours, rival);
                List<Object> cells = new ArrayList<>(List.of(ours, rival));
                QUANTILES.forEach(quantile -> cells.add(Table.percent(savings.quantile(quantile))));
                cells.add(Table.percent(savings.shareWithin(LEAST_CLAIMED, 0.531)));
                if (!ours.equals(rival)) {
                    table = table.with(cells.toArray());
                }
            }
        }
        return table;
    }
}
