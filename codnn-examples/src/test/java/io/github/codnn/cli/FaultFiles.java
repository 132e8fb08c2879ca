package io.github.codnn.cli;

import io.github.codnn.testing.TestData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Files on which commands once failed or gave wrong results, each with the command and what it must print. */
final class FaultFiles {

    private static final String INSPECT = "inspect FILE";
    private static final String PLAN = "plan --problem FILE --budget 2000";
    private static final String FITTED = "plan zoo:alexnet --platform FITTED";
    private static final String FITTED_PLATFORM = """
            {"format": "codnn-platform/1", "links": [],
             "devices": [{"name": "a", "kind": "measured", "costModel": "%s", "tier": "TERMINAL"}]}""";
    private static final String MODEL_OF_JOULES = """
            {"format": "codnn-regression/1", "devices": [{"kind": "pi", "features": "FULL",
             "method": "RELATIVE_NON_NEGATIVE", "boosted": false, "calibration": 1, "scale": 1, "scaleByKind": {},
             "operators": [], "general": {"secondsPerUnit": {"one": 1e-3},
               "range": {"macs": [1, 2], "inputBytes": [1, 2], "outputBytes": [1, 2], "weightBytes": [0, 2]}},
             "power": {"general": {"watts": 1, "joulesPerMac": 0, "joulesPerByte": 0}, "byKind": {}}}]}""";

    private final List<Fault> faults = new ArrayList<>();

    /**
     * A file and what a command makes of it.
     *
     * @param file the file below the folder of faults
     * @param command the command, in which FILE stands for the file and FITTED for a platform whose device has it as
     *     its cost model, and COPY for a copy beside a cost model {@code jm.json} that states joules
     * @param status the exit status
     * @param shown parts of what is printed if it is right
     */
    record Fault(String file, String command, int status, List<String> shown) {

        /** Tells whether a command has done what is right. */
        boolean isRight(CommandRunner.Outcome outcome) {
            String printed = outcome.out() + outcome.err();
            return outcome.status() == status && shown.stream().allMatch(printed::contains);
        }

        @Override
        public String toString() {
            return file + ": " + command;
        }

        CommandRunner.Outcome run(Path folder) throws IOException {
            Path path = TestData.path("faults/" + file);
            Path fitted = Files.writeString(folder.resolve("fitted.json"), FITTED_PLATFORM.formatted(path));
            Path copy = Files.copy(path, folder.resolve("copy"), StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(folder.resolve("jm.json"), MODEL_OF_JOULES);
            return CommandRunner.codnn(Arrays.stream(command.split(" "))
                    .map(word -> switch (word) {
                        case "FILE" -> path.toString();
                        case "FITTED" -> fitted.toString();
                        case "COPY" -> copy.toString();
                        default -> word;
                    })
                    .toArray(String[]::new));
        }
    }

    private FaultFiles() {}

    /** All files with their commands. */
    static List<Fault> all() {
        FaultFiles files = new FaultFiles();
        files.onnx();
        files.onnxRefused();
        files.darknet();
        files.problems();
        files.attacks();
        files.otherFiles();
        return files.faults;
    }

    private void right(String file, String command, int status, String... shown) {
        faults.add(new Fault(file, command, status, List.of(shown)));
    }

    private void onnx(String name, String... shown) {
        right("onnx/" + name + ".onnx", INSPECT, 0, shown);
    }

    private void onnx() {
        onnx("macs_0_attention23_silent_in_plan", "262,144 MACs");
        onnx("macs_0_scan_rnn_20_known_steps", "81,920 MACs", "[20, 1, 64]");
        onnx("params_0_weights_as_Constant_nodes_in_scan_body", "4,096 parameters");
        onnx("wrong_shape_if_symbolic_branch_output_taken_as_1", "[256, 1], the greatest, is taken");
        right("onnx/wrong_shape_declared_2s0_taken_as_1.onnx", INSPECT + " --dim s0=8", 0, "[16, 64]");
        onnx("wrong_shape_function_overload_ignored", "[2, 12]", "[6, 4]");
        onnx("wrong_shape_dft_inverse_onesided", "[1, 10, 10, 1]");
        onnx("wrong_shape_flexattention_body_output", "[1, 2, 3, 4]", "144 MACs");
        onnx("wrong_shape_loop_trip_count_assumed_1_without_notice", "is not known; one run is assumed");
        onnx("macs_32x_einsum_of_three_operands", "524,288 MACs");
        onnx("params_half_bytes_low_matmulnbits", "139,264 parameters (82.0 KiB)", "2,097,152 MACs");
        onnx("params_0_int64_matrix", "2,048 parameters (16.0 KiB)");
        onnx("oom_inspect_nested_if_names_double", "21 layers");
        onnx("slow_44s_20000_nodes_of_one_name", "20000 layers");
        onnx("slow_inspect_quadratic_table_10000_layers", "10000 layers");
        onnx("escape_codes_printed_raw", "\\u001b[31mred\\u001b[0m");
        onnx("message_says_nothing_writes_fp4_weight", "2,048 parameters (1.0 KiB)");
        right(
                "onnx/cannot_bind_batch_and_seq_of_one_name.onnx",
                INSPECT + " --input x=1x128",
                0,
                "Relu  [1, 128]    512");
        right("reports/loop_shape_inferred.onnx", INSPECT, 0, "[7, 1, 5]", "280 MACs");
        right("reports/loop_no_shape_info_ok.onnx", INSPECT, 0, "[7, 1, 5]", "280 MACs");
        right("reports/if_branches_800_8.onnx", INSPECT, 0, "[2, 800], the greatest, is taken");
        right("reports/nms_declared_n.onnx", INSPECT, 0, "[300, 3]", "the greatest possible length is taken");
    }

    private void onnxRefused() {
        right("onnx/accepts_softmax_axis_out_of_range.onnx", INSPECT, 2, "is outside a tensor of 4 axes");
        right("onnx/external_symlink_followed.onnx", INSPECT, 2, "'link.bin' beside the model, which cannot be read");
        right("onnx/external_negative_offset_accepted.onnx", INSPECT, 2, "at the negative offset -5");
        right("onnx/stacktrace_macs_sum_overflow.onnx", INSPECT, 2, "are more than 2^63 - 1");
        right("onnx/message_hides_domain_nchwc.onnx", INSPECT, 0, "ReorderOutput", "8,192 MACs");
        right("onnx/message_hides_missing_external_file.onnx", INSPECT, 2, "in the file 'nothere.bin'");
        onnx("refused_groupqueryattention", "[1, 16, 512] [1, 2, 48, 64] [1, 2, 48, 64]", "786,432 MACs");
        onnx("refused_multiheadattention_with_past", "[1, 1, 512] [1, 8, 33, 64] [1, 8, 33, 64]", "33,792 MACs");
        onnx("refused_if_body_not_inferred", "[4, 32]", "4,096 parameters", "8,192 MACs", "one of two branches");
        onnx("refused_scan_body_not_inferred", "[20, 1, 64]", "4,096 parameters", "81,920 MACs");
        onnx("refused_rmsnorm23", "RMSNormalization  [1, 16, 64]", "64 parameters");
        onnx("refused_rotary23", "RotaryEmbedding  [1, 4, 16, 64]");
        onnx("refused_shape_split_not_folded", "[2, 12, 35]");
        onnx("refused_swish24", "Swish  [1, 16, 64]");
        right("onnx/refused_sequence_misleading_advice.onnx", INSPECT, 0, "ConcatFromSequence", "[1, 32]");
    }

    private void darknet() {
        right("onnx/refused_darknet_reorg_extra_go.cfg", INSPECT, 0, "[1, 362]", "2,556,041,728 MACs");
        right("reports/crnn_output.cfg", INSPECT, 0, "[1, 32, 32, 32]", "4,672 parameters", "4,571,136 MACs");
        right("reports/conv_lstm_output.cfg", INSPECT, 0, "[1, 32, 32, 32]", "56,768 parameters", "57,065,472 MACs");
        right("reports/silu.cfg", INSPECT, 0, "Swish  [1, 16, 32, 32]");
        right("reports/revleaky.cfg", INSPECT, 0, "LeakyRelu  [1, 8, 32, 32]");
        right("reports/local_avg.cfg", INSPECT, 0, "AveragePool  [1, 16, 16, 16]");
        right("reports/implicit.cfg", INSPECT, 0, "464 parameters");
        right("reports/history.cfg", INSPECT, 0, "[1, 64, 32, 32]");
        right("reports/contrastive.cfg", INSPECT, 0, "72 parameters", "[1, 18, 32, 32]");
        right("reports/upsample_neg.cfg", INSPECT, 0, "[1, 16, 16, 16]");
    }

    private void problems() {
        right("reports/bigM_period_3x2.json", PLAN, 0, "period 90.00 ms", "no plan is below 90.00 ms", "proven");
        right(
                "reports/bigM_two_layers.json",
                "plan --problem FILE --front period,response",
                0,
                "1     20.00 ms  20.00 ms",
                "1 plans between period, response; exact");
        right("reports/hang_1e308.json", PLAN, 2, "too large a time of layer 'x'", "1.0E308 s");
        right("reports/bytes_overflow_trace.json", PLAN, 0, "period 30.00 ms", "b       3     l0    l2");
        right("reports/memory_closest.json", PLAN, 1, "violation 1.000, no plan comes closer", "least achievable 4");
        right("audit/tri.json", PLAN, 0, "period 3.000 s", "what is proven holds for it", "proven in closed form");
        right("audit/shared_response_deadline.json", PLAN, 0, "response 64.88 ms", "period 0.1708");
        // That auto is not behind the swarm it contains is held by AutoTest; here the platform is read and planned for.
        right(
                "audit/plat16.json",
                "plan zoo:squeezenet1.1 --task zoo:alexnet --platform FILE --objective energy --budget 500",
                0,
                "energy");
        right(
                "audit/platj.json",
                "plan zoo:alexnet --platform COPY --source a --budget 500 --json",
                0,
                "\"joules\" : {",
                "\"pi\" : 0.001");
    }

    private void attacks() {
        right("attack/auto-worse-than-greedy.json", PLAN, 0, "period 897.95 ms");
        right("attack/bigM-1e16-false-proof.json", PLAN, 0, "period 1.700 s", "no plan is below 1.700 s");
        right("attack/negative-zero-bound.json", PLAN, 0, "period 30.00 ms", "no plan is below 30.00 ms");
        right("attack/negative-zero-proven-infeasible.json", PLAN, 0, "period 2.02 ms");
        right("attack/hang-1e308.json", PLAN, 2, "too large a time of layer 'l0'");
        right("attack/problem-denormal-hang.json", PLAN, 0, "period 0.000");
        right("attack/overflow-message.json", PLAN, 2, "overflow-message.json", "layer 'l2'", "kind 'kb'", "[b]");
        right("attack/plan-63-devices.json", PLAN, 0, "4 devices");
        right("attack/dblpsomd-aioobe-pins.json", PLAN + " --strategy dblpso-md", 1, "Frames of task 't' come back");
        right("attack/dblpsomd-aioobe-random.json", PLAN + " --strategy dblpso-md", 1, "Frames of task 't0' come back");
        right("attack/dblpsomd-aioobe-pins.json", "compare --problem FILE --budget 200", 0, "dblpso-md");
        right("attack/tensor-2^63-1-bytes.json", PLAN, 0, "period 100.00 ms");
        right("attack/names-terminal-escape.json", PLAN, 0, "period 40.00 ms");
        right(
                "attack/plan-edited-infeasible.json",
                "simulate FILE",
                2,
                "breaks a rule",
                "value is 1.0E-9",
                "lowerBound is 5.0");
        right("attack/simulate-2^31-frames.json", "simulate FILE", 2, "at most 20,000,000 operations");
    }

    private void otherFiles() {
        right("attack/csv-n_inputs-2e9.csv", "fit FILE", 2, "Line 2: n_inputs must be at most 1024");
        right("attack/regression-deep.json", FITTED, 2, "regression-deep.json", "nested more deeply");
        right("attack/regression-empty-tree.json", FITTED, 2, "operators[0].boost.");
        right("attack/regression-tree-object.json", FITTED, 2, "operators[0].boost.");
        right("attack/regression-negative-weights.json", FITTED, 2, "secondsPerUnit.groups must be zero or greater");
        right("reports/decimal_comma.csv", "fit FILE", 2, "Line 2: the row has 23 fields, but the header has 20");
        right("reports/bom.lg", "mine FILE --support 1", 0, "0:a -[x]> 1:b");
    }
}
