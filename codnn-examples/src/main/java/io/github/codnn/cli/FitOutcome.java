package io.github.codnn.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.codnn.predict.FitReport;
import io.github.codnn.predict.Measurements;
import io.github.codnn.predict.NetworkFit;
import io.github.codnn.predict.OperatorFit;
import io.github.codnn.text.Figures;
import io.github.codnn.text.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The results of {@code codnn fit}.
 *
 * @param measurements the rows
 * @param report the accuracy on layers held out
 * @param paper the same for the paper's features
 * @param networks the accuracy on whole networks, if any were measured
 * @param energy the accuracy of joules on layers held out, if rows have joules
 */
record FitOutcome(
        Measurements measurements,
        FitReport report,
        FitReport paper,
        List<NetworkFit> networks,
        List<OperatorFit> energy) {

    ObjectNode document() {
        ObjectNode document = JsonOutput.object();
        document.put("rows", measurements.rows().size());
        ArrayNode rejected = document.putArray("rejected");
        for (Measurements.Rejected row : measurements.rejected()) {
            rejected.addObject().put("line", row.line()).put("reason", row.reason());
        }
        addReport(document, report);
        addReport(document.putObject("paperAsPrinted"), paper);
        if (!energy.isEmpty()) {
            ObjectNode joules = document.putObject("energy").put("rows", energyRows());
            energy.forEach(fit -> addFit(joules.withArray("kinds").addObject(), fit));
        }
        ArrayNode checked = document.putArray("networks");
        for (NetworkFit network : networks) {
            ObjectNode node = checked.addObject();
            node.put("name", network.network());
            node.put("measuredSeconds", network.measuredSeconds());
            node.put("predictedSeconds", network.predictedSeconds());
            node.put("error", network.error());
            node.put("calibratedError", network.calibratedError());
            node.put("noise", network.spread());
        }
        return document;
    }

    private static void addReport(ObjectNode node, FitReport report) {
        node.put("features", report.features().name());
        node.put("method", report.method().name());
        node.put("boosted", report.boosted());
        node.put("folds", report.folds());
        node.put("seed", report.seed());
        ArrayNode kinds = node.putArray("kinds");
        report.operators().forEach(fit -> addFit(kinds.addObject(), fit));
    }

    private static void addFit(ObjectNode kind, OperatorFit fit) {
        kind.put("operator", fit.operator());
        kind.put("n", fit.n());
        putFinite(kind, "r2", fit.r2());
        putFinite(kind, "adjustedR2", fit.adjustedR2());
        kind.put("mape", fit.mape());
        kind.put("within10", fit.within10());
        kind.put("within20", fit.within20());
        kind.put("noiseFloor", fit.noiseFloor());
    }

    private int energyRows() {
        return energy.stream().mapToInt(OperatorFit::n).sum();
    }

    private static void putFinite(ObjectNode node, String name, double value) {
        if (Double.isNaN(value)) {
            node.putNull(name);
        } else {
            node.put(name, value);
        }
    }

    String text() {
        TextTable table = new TextTable(
                "operator", "n", "R2", "adj. R2", "MAPE", "in 10 %", "in 20 %", "noise", "paper's R2", "paper's MAPE");
        for (OperatorFit fit : report.operators()) {
            Optional<OperatorFit> printed = paper.operator(fit.operator());
            List<String> cells = new ArrayList<>(accuracy(fit));
            cells.add(Figures.percent(fit.noiseFloor()));
            cells.add(printed.map(p -> Figures.number(p.r2())).orElse("-"));
            cells.add(printed.map(p -> Figures.percent(p.mape())).orElse("-"));
            table.row(cells.toArray(String[]::new));
        }
        StringBuilder text = new StringBuilder(table.toString());
        text.append(String.format(
                "%n%s rows, %d folds, features %s, %s%s; every figure on rows held out. The paper's: as printed, %s.",
                Figures.count(measurements.rows().size()),
                report.folds(),
                report.features(),
                report.method(),
                report.boosted() ? ", boosted" : "",
                paper.method()));
        measurements
                .rejected()
                .forEach(row -> text.append(String.format("%nleft out line %d: %s", row.line(), row.reason())));
        if (!energy.isEmpty()) {
            text.append(String.format("%n%n")).append(energyText());
        }
        if (!networks.isEmpty()) {
            text.append(String.format("%n%n")).append(networkText());
        }
        return text.toString();
    }

    /** The cells that the tables of times and of joules have in common. */
    private static List<String> accuracy(OperatorFit fit) {
        return List.of(
                fit.operator(),
                Figures.count(fit.n()),
                Figures.number(fit.r2()),
                Figures.number(fit.adjustedR2()),
                Figures.percent(fit.mape()),
                Figures.percent(fit.within10()),
                Figures.percent(fit.within20()));
    }

    private String energyText() {
        TextTable table = new TextTable("energy of", "n", "R2", "adj. R2", "MAPE", "in 10 %", "in 20 %");
        energy.forEach(fit -> table.row(accuracy(fit).toArray(String[]::new)));
        return String.format(
                "%s%n%s rows with joules; predicted from their predicted times by power fitted without them.",
                table, Figures.count(energyRows()));
    }

    private String networkText() {
        TextTable table = new TextTable("network", "measured", "predicted", "error", "calibrated by others", "noise");
        for (NetworkFit network : networks) {
            table.row(
                    network.network(),
                    Figures.seconds(network.measuredSeconds()),
                    Figures.seconds(network.predictedSeconds()),
                    Figures.percent(network.error()),
                    Figures.percent(network.calibratedError()),
                    Figures.percent(network.spread()));
        }
        return String.format(
                "%s%nmean error without sign %s, worst %s; calibrated by the others %s, worst %s",
                table,
                Figures.percent(mean(NetworkFit::error)),
                Figures.percent(worst(NetworkFit::error)),
                Figures.percent(mean(NetworkFit::calibratedError)),
                Figures.percent(worst(NetworkFit::calibratedError)));
    }

    private double mean(ToDoubleFunction<NetworkFit> error) {
        return networks.stream()
                .mapToDouble(network -> Math.abs(error.applyAsDouble(network)))
                .average()
                .orElse(Double.NaN);
    }

    private double worst(ToDoubleFunction<NetworkFit> error) {
        return networks.stream()
                .mapToDouble(network -> Math.abs(error.applyAsDouble(network)))
                .max()
                .orElse(Double.NaN);
    }
}
