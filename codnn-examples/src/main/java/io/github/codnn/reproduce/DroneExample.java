package io.github.codnn.reproduce;

import io.github.codnn.cost.RooflineCostModel;
import io.github.codnn.cost.TableCostModel;
import io.github.codnn.graph.Layer;
import io.github.codnn.graph.LayerGraph;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.planner.Planner;
import io.github.codnn.platform.Device;
import io.github.codnn.platform.DevicePresets;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.Medium;
import io.github.codnn.platform.Platform;
import io.github.codnn.problem.Objective;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.scenario.Task;
import io.github.codnn.scenario.TransferMode;
import io.github.codnn.scenario.Workload;
import io.github.codnn.zoo.ModelZoo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The drone of section 3.2: GoogLeNet on a terminal and an edge server. */
final class DroneExample implements Reproduction.Experiment {

    private static final double LOCAL_SECONDS = 0.215;
    private static final double OFFLOADED_SECONDS = 0.136;
    private static final double PIPELINED_SECONDS = 0.102;
    private static final double WANTED_FRAMES_PER_SECOND = 14;
    private static final List<Integer> UPLOAD_MILLISECONDS = List.of(8, 16, 32, 48, 64, 80, 96, 112, 128);

    private static final Planner BLOCKS = Reproduction.PLANNER;
    private static final Planner LAYERS = Planner.withDefaults();
    private static final LayerGraph NETWORK = ModelZoo.GOOGLENET.build();

    @Override
    public String title() {
        return "The drone that recognises receivers (section 3.2)";
    }

    @Override
    public Finding run(Effort effort, Cells cells) {
        Table table = Table.of(
                "drone",
                "upload, ms",
                "bandwidth, Mbit/s",
                "edge computes, ms",
                "blocking, whole blocks, ms",
                "overlapped, whole blocks, ms",
                "the same, one half-duplex channel, ms",
                "overlapped, single layers, ms",
                "proven bound of single layers, ms",
                "frames/s");
        int blockingReached = 0;
        int overlappedReached = 0;
        int wanted = 0;
        for (Division division : cells.map(UPLOAD_MILLISECONDS.size(), DroneExample::division)) {
            blockingReached += division.blocking <= PIPELINED_SECONDS ? 1 : 0;
            overlappedReached += division.best() <= PIPELINED_SECONDS ? 1 : 0;
            wanted += 1 / division.best() >= WANTED_FRAMES_PER_SECOND ? 1 : 0;
            table = table.with(division.cells());
        }
        return new Finding(
                title(),
                "GoogLeNet takes 215 ms a frame on the drone (4.65 frames/s), 136 ms on an edge server (7.35), 102 ms "
                        + "in a pipeline of both (9.8); 14 frames/s are wanted and not reached.",
                "How the 136 ms divide into upload and computing is not published, so we try divisions. Layer times "
                        + "are those of our GoogLeNet by the roofline presets of a Raspberry Pi 3B+ and a Jetson "
                        + "Nano, scaled to 215 ms and to what the upload leaves of 136 ms. Periods of whole blocks "
                        + "are proven optima among plans that keep each block on one device; plans of single layers "
                        + "can be better, theirs stand beside the bound that is proven for them. Every link counts by "
                        + "itself, as in the paper, but for the column with one channel for uploads and results.",
                List.of(
                        judgement("With blocking transfers a pipeline reaches 102 ms.", blockingReached),
                        judgement("With overlapped transfers a pipeline reaches 102 ms.", overlappedReached),
                        judgement("The wanted 14 frames/s are possible with overlapped transfers.", wanted)),
                List.of(table),
                List.of());
    }

    /** The periods at one division of the 136 ms, in seconds. */
    private record Division(
            int milliseconds, double blocking, double overlapped, double oneChannel, double single, double bound) {

        double best() {
            return Math.min(overlapped, single);
        }

        Object[] cells() {
            double upload = milliseconds / 1e3;
            return new Object[] {
                milliseconds,
                inputBytes() * 8 / upload / 1e6,
                (OFFLOADED_SECONDS - upload) * 1e3,
                blocking * 1e3,
                overlapped * 1e3,
                oneChannel * 1e3,
                single * 1e3,
                bound * 1e3,
                1 / best()
            };
        }
    }

    private static Division division(int index) {
        int milliseconds = UPLOAD_MILLISECONDS.get(index);
        double upload = milliseconds / 1e3;
        SearchResult single = search(LAYERS, upload, TransferMode.OVERLAPPED, false);
        return new Division(
                milliseconds,
                search(BLOCKS, upload, TransferMode.BLOCKING, false).value(),
                search(BLOCKS, upload, TransferMode.OVERLAPPED, false).value(),
                search(BLOCKS, upload, TransferMode.OVERLAPPED, true).value(),
                single.value(),
                single.lowerBound());
    }

    private static Judgement judgement(String hypothesis, int reached) {
        Share share = new Share(reached, UPLOAD_MILLISECONDS.size());
        return new Judgement(
                hypothesis,
                Rules.everywhereText("divisions of the 136 ms"),
                Rules.everywhere(share),
                "At " + share.successes() + " of " + share.trials() + " divisions.");
    }

    private static SearchResult search(Planner planner, double upload, TransferMode transfers, boolean oneChannel) {
        Link up = Link.of("drone", "edge", inputBytes() / upload, 0);
        Link down = Link.of("edge", "drone", inputBytes() / upload, 0);
        List<Device> devices = List.of(Device.of("drone", "drone"), Device.of("edge", "edge"));
        Medium wifi = new Medium("wifi", inputBytes() / upload, Medium.Duplex.HALF);
        Platform platform = oneChannel
                ? new Platform(
                        devices, List.of(up.withMedium(wifi.name()), down.withMedium(wifi.name())), List.of(wifi))
                : new Platform(devices, List.of(up, down));
        Map<String, Map<String, Double>> seconds = new LinkedHashMap<>();
        Map<String, Double> drone = shares(DevicePresets.RASPBERRY_PI_3B_PLUS.device("drone"));
        Map<String, Double> edge = shares(DevicePresets.JETSON_NANO_GPU.device("edge"));
        for (Layer layer : NETWORK.layers()) {
            double local = drone.getOrDefault(layer.name(), 0.0) * LOCAL_SECONDS;
            double remote = edge.getOrDefault(layer.name(), 0.0) * (OFFLOADED_SECONDS - upload);
            seconds.put(layer.name(), Map.of("drone", local, "edge", remote));
        }
        Scenario scenario = Scenario.of(
                        "drone",
                        Workload.of(Task.of("receivers", NETWORK, "drone").withFrames(1000)),
                        platform,
                        TableCostModel.of(seconds))
                .withTransfers(transfers);
        return planner.plan(scenario, Objective.PERIOD);
    }

    private static Map<String, Double> shares(Device device) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (Layer layer : NETWORK.layers()) {
            seconds.put(
                    layer.name(),
                    RooflineCostModel.withPresets().compute(layer, device).seconds());
        }
        double sum = seconds.values().stream().mapToDouble(Double::doubleValue).sum();
        seconds.replaceAll((layer, value) -> value / sum);
        return seconds;
    }

    private static double inputBytes() {
        return NETWORK.inputs().get(0).bytes();
    }
}
