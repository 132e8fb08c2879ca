package io.github.codnn.run;

import io.github.codnn.graph.ModelFile;
import io.github.codnn.graph.Tensor;
import io.github.codnn.platform.Medium;
import io.github.codnn.runtime.TensorValue;
import io.github.codnn.split.PipelineFile;
import io.github.codnn.split.PipelineJson;
import io.github.codnn.split.PipelineManifest;
import io.github.codnn.split.PipelineRoute;
import io.github.codnn.split.PipelineStage;
import io.github.codnn.split.PipelineTensor;
import io.github.codnn.split.PipelineTransfer;
import io.github.codnn.split.TensorType;
import io.github.codnn.testing.OnnxFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Pipelines of additions: stage n of devices d0, d1.. adds 10^n to each element. */
public final class TestPipelines {

    private static final int ELEMENTS = 4;
    private static final String MODEL_DIGEST = "sha256:" + "0".repeat(64);

    private TestPipelines() {}

    /** Writes a pipeline without predictions. */
    public static PipelineManifest write(Path folder, int stages) throws IOException {
        return write(folder, stages, 0, 0);
    }

    /** Writes a pipeline without predictions whose stages run on the given devices, some of them served elsewhere. */
    static PipelineManifest writeOn(Path folder, List<String> devices, Map<String, String> endpoints)
            throws IOException {
        List<PipelineStage> list = new ArrayList<>();
        for (int stage = 0; stage < devices.size(); stage++) {
            PipelineStage made = stage(folder, stage, OptionalDouble.empty());
            list.add(new PipelineStage(
                    made.name(),
                    devices.get(stage),
                    Optional.ofNullable(endpoints.get(devices.get(stage))),
                    made.model(),
                    made.externalData(),
                    made.predictedSeconds(),
                    made.inputs(),
                    made.outputs()));
        }
        PipelineManifest manifest = new PipelineManifest(
                "model.onnx",
                MODEL_DIGEST,
                List.of(tensor(0)),
                list,
                List.of(new PipelineRoute(tensor(list.size()), "s" + (list.size() - 1))),
                List.of(),
                List.of(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
        PipelineJson.write(manifest, folder.resolve(PipelineManifest.FILE_NAME));
        return manifest;
    }

    /** Writes a pipeline whose stages and transfers all take the predicted times, over one half-duplex medium. */
    static PipelineManifest write(Path folder, int stages, double stageSeconds, double transferSeconds)
            throws IOException {
        boolean isPredicted = stageSeconds > 0;
        List<PipelineStage> list = new ArrayList<>();
        List<PipelineTransfer> transfers = new ArrayList<>();
        for (int stage = 0; stage < stages; stage++) {
            list.add(stage(folder, stage, isPredicted ? OptionalDouble.of(stageSeconds) : OptionalDouble.empty()));
            if (isPredicted && stage > 0) {
                transfers.add(transfer(stage, "s" + stage, "d" + stage, transferSeconds));
            }
        }
        if (isPredicted) {
            transfers.add(transfer(stages, PipelineManifest.CALLER, "d0", transferSeconds));
        }
        List<Medium> media = isPredicted ? List.of(new Medium("radio", 1e6, Medium.Duplex.HALF)) : List.of();
        double period = Math.max(stageSeconds, stages * transferSeconds);
        PipelineManifest manifest = new PipelineManifest(
                "model.onnx",
                MODEL_DIGEST,
                List.of(tensor(0)),
                list,
                List.of(new PipelineRoute(tensor(stages), "s" + (stages - 1))),
                transfers,
                media,
                isPredicted ? OptionalDouble.of(period) : OptionalDouble.empty(),
                isPredicted ? OptionalDouble.of(stages * (stageSeconds + transferSeconds)) : OptionalDouble.empty());
        PipelineJson.write(manifest, folder.resolve(PipelineManifest.FILE_NAME));
        return manifest;
    }

    private static PipelineTransfer transfer(int stage, String to, String device, double seconds) {
        return new PipelineTransfer(
                "x" + stage,
                "s" + (stage - 1),
                to,
                "d" + (stage - 1),
                device,
                Optional.of("radio"),
                "radio",
                seconds / 2,
                1e6,
                Math.round(seconds / 2 * 1e6));
    }

    private static PipelineStage stage(Path folder, int stage, OptionalDouble seconds) throws IOException {
        byte[] model = OnnxFile.opset(13)
                .input("x" + stage, OnnxFile.FLOAT, 1, ELEMENTS)
                .real("addend", (float) Math.pow(10, stage))
                .node("Add", List.of("x" + stage, "addend"), "x" + (stage + 1))
                .output("x" + (stage + 1), OnnxFile.FLOAT, 1, ELEMENTS)
                .bytes();
        Path file = Files.write(folder.resolve("stage" + stage + ".onnx"), model);
        return new PipelineStage(
                "s" + stage,
                "d" + stage,
                Optional.empty(),
                new PipelineFile(
                        file.getFileName().toString(), ModelFile.of(file).digest(), model.length),
                List.of(),
                seconds,
                List.of(new PipelineRoute(tensor(stage), stage == 0 ? PipelineManifest.CALLER : "s" + (stage - 1))),
                List.of(tensor(stage + 1)));
    }

    private static PipelineTensor tensor(int number) {
        return PipelineTensor.of("x" + number, TensorType.FLOAT, 1, ELEMENTS);
    }

    /** Frame n has the value n in each element. */
    static FrameSource counting(long count) {
        return new FrameSource() {
            @Override
            public long count() {
                return count;
            }

            @Override
            public List<TensorValue> frame(long number) {
                return List.of(value("x0", (double) number));
            }
        };
    }

    public static TensorValue value(String name, double element) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * ELEMENTS).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            bytes.putFloat((float) element);
        }
        return TensorValue.of(Tensor.float32(name, 1, ELEMENTS), bytes.array());
    }

    /** Checks that frames come in order, once, with the right values. */
    static final class CheckingSink implements FrameSink {

        private final int stages;
        private long next;

        CheckingSink(int stages) {
            this.stages = stages;
        }

        @Override
        public void accept(long number, List<TensorValue> results) {
            double sum = (double) number;
            for (int stage = 0; stage < stages; stage++) {
                sum += Math.pow(10, stage);
            }
            if (number != next++ || !results.equals(List.of(value("x" + stages, sum)))) {
                throw new AssertionError("Frame " + number + " gives " + results + " after " + (next - 1));
            }
        }

        long delivered() {
            return next;
        }
    }
}
