package io.github.codnn.text;

import java.util.List;

/** Three command lines for each command, which its help shows. */
public final class CommandExamples {

    private CommandExamples() {}

    /**
     * Returns the examples of a command, each narrow enough for a help of 80 columns.
     *
     * @param command its name, such as {@code plan}
     * @return three command lines
     */
    public static List<String> of(String command) {
        return switch (command) {
            case "inspect", "collapse", "mine", "profile", "fit", "reproduce" -> networks(command);
            case "plan", "compare", "simulate", "what-if", "explain", "adapt" -> plans(command);
            case "split", "run", "worker", "serve", "export" -> runs(command);
            default -> others(command);
        };
    }

    private static List<String> networks(String command) {
        return switch (command) {
            case "inspect" ->
                List.of(
                        "codnn inspect zoo:googlenet",
                        "codnn inspect zoo:googlenet --dot googlenet.dot",
                        "codnn inspect model.onnx --dim batch=1 --json");
            case "collapse" ->
                List.of(
                        "codnn collapse zoo:resnet18",
                        "codnn collapse zoo:resnet18 --dot -",
                        "codnn collapse zoo:googlenet --support 3");
            case "mine" ->
                List.of(
                        "codnn mine graph.lg --support 100",
                        "codnn mine graph.lg --support 1e3 --undirected --max-edges 4",
                        "codnn mine graph.lg --support 50 --seconds 2min --json");
            case "profile" ->
                List.of(
                        "codnn profile --out rows.csv",
                        "codnn profile --out rows.csv --layers 1e3 --seconds 100ms",
                        "codnn profile --out rows.csv --model model.onnx --times times.csv");
            case "fit" ->
                List.of(
                        "codnn fit rows.csv",
                        "codnn fit rows.csv --out speed.json --device edge",
                        "codnn fit rows.csv --folds 5 --plot accuracy.svg");
            default ->
                List.of("codnn reproduce --quick", "codnn reproduce --out tables", "codnn reproduce --seeds 5 --json");
        };
    }

    private static List<String> plans(String command) {
        return switch (command) {
            case "plan" ->
                List.of(
                        "codnn plan zoo:googlenet --platform platform.json --out plan.json",
                        "codnn plan zoo:alexnet --platform platform.json --objective energy --fps 5",
                        "codnn plan zoo:alexnet --platform platform.json --pin conv1=drone");
            case "compare" ->
                List.of(
                        "codnn compare zoo:alexnet --platform platform.json",
                        "codnn compare zoo:googlenet --platform platform.json --budget 1e4",
                        "codnn compare --problem problem.json --objective energy --json");
            case "simulate" ->
                List.of(
                        "codnn simulate plan.json",
                        "codnn simulate plan.json --frames 1e3",
                        "codnn simulate plan.json --backlogged --json");
            case "what-if" ->
                List.of(
                        "codnn what-if plan.json --medium wifi=4Mbit/s",
                        "codnn what-if plan.json --link edge:cloud=x0.5,30ms --out next.json",
                        "codnn what-if plan.json --without cloud --deadline 2s");
            case "explain" ->
                List.of(
                        "codnn explain plan.json",
                        "codnn explain plan.json --budget 1e3",
                        "codnn explain plan.json --json");
            default ->
                List.of(
                        "codnn adapt plan.json --trace walk",
                        "codnn adapt plan.json --trace outage --seconds 2min --chart trace.svg",
                        "codnn adapt plan.json --trace trace.csv --json");
        };
    }

    private static List<String> runs(String command) {
        return switch (command) {
            case "split" ->
                List.of(
                        "codnn split model.onnx --plan plan.json --out stages",
                        "codnn split model.onnx --plan plan.json --out stages --verify",
                        "codnn split model.onnx --at pool1,pool2 --out stages");
            case "run" ->
                List.of(
                        "codnn run stages --frames 1e3",
                        "codnn run stages --in frames --out results --no-links",
                        "codnn run --plan plan.json --model model.onnx --wait 1min");
            case "worker" ->
                List.of(
                        "codnn worker --device edge --bind 10.0.0.2",
                        "codnn worker --device cloud --join 10.0.0.2:5701",
                        "codnn worker --device edge --heartbeat-timeout 30s");
            case "serve" ->
                List.of(
                        "codnn serve model.onnx",
                        "codnn serve model.onnx --port 9000 --max-request 128MiB",
                        "codnn serve stages --endpoint edge=10.0.0.2:8001 --timeout 10s");
            default ->
                List.of(
                        "codnn export stages --to triton --out repository",
                        "codnn export stages --to kserve --out -",
                        "codnn export plan.json --to onnxruntime --provider edge=gpu --out -");
        };
    }

    private static List<String> others(String command) {
        return switch (command) {
            case "list" -> List.of("codnn list presets", "codnn list problems", "codnn list models --json");
            case "completion" ->
                List.of(
                        "codnn completion bash > ~/.codnn-completion; source ~/.codnn-completion",
                        "source <(codnn completion bash)",
                        "source <(codnn completion zsh)");
            case "quickstart" ->
                List.of("codnn quickstart", "codnn quickstart --help", "codnn quickstart --stacktrace");
            default -> List.of("codnn help", "codnn help plan", "codnn help what-if");
        };
    }
}
