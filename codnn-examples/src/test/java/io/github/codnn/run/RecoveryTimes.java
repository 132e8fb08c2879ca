package io.github.codnn.run;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import io.github.codnn.split.PipelineManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Kills the middle one of three worker processes with -9 at random moments and measures how long no result comes.
 * {@code main} prints the times, and when the loss was seen and the new process was a member.
 */
final class RecoveryTimes {

    private static final int STAGES = 3;
    private static final String KILLED = "d1";
    private static final int HEARTBEAT_SECONDS = 3;
    private static final double FRAME_SECONDS = 0.002;

    private final int kills;
    private final SplittableRandom random = new SplittableRandom(1);
    private final List<Recovery> recoveries = new ArrayList<>();
    private long nextFrame = 50;
    private long killedNanos;
    private volatile long lostNanos;
    private volatile long joinedNanos;

    private RecoveryTimes(int kills) {
        this.kills = kills;
    }

    /**
     * What happened after one kill, in seconds since then.
     *
     * @param lostSeconds when the member was missed
     * @param joinedSeconds when the new one had joined
     * @param resultSeconds when the next result came
     */
    record Recovery(double lostSeconds, double joinedSeconds, double resultSeconds) {}

    /**
     * Runs a pipeline and kills a process several times; checks that each frame comes once, in order.
     *
     * @param folder an empty folder for the models
     * @param kills how often
     * @return the recoveries; the faults that the run reports are as many
     */
    static List<Recovery> measure(Path folder, int kills) throws IOException {
        return new RecoveryTimes(kills).run(folder);
    }

    private List<Recovery> run(Path folder) throws IOException {
        PipelineManifest manifest = TestPipelines.write(folder, STAGES, FRAME_SECONDS, 0.0001);
        long frames = kills * 200L + 200;
        TestPipelines.CheckingSink check = new TestPipelines.CheckingSink(STAGES);
        RunSettings settings = RunSettings.withDefaults().withEmulation(true, true);
        try (LocalCluster cluster = new LocalCluster("io.github.codnn.cli.Codnn", HEARTBEAT_SECONDS)) {
            cluster.member().getCluster().addMembershipListener(new Watch());
            FrameSink sink = (number, results) -> {
                check.accept(number, results);
                see(cluster, number);
            };
            RunReport report = new PipelineRunner(folder, manifest, settings, Replanning.none())
                    .run(cluster, TestPipelines.counting(frames), sink, done -> {}, line -> {});
            if (check.delivered() != frames || report.faults().size() != kills) {
                throw new AssertionError(check.delivered() + " frames, " + report.faults());
            }
        }
        return recoveries;
    }

    /** Results that were on their way when the process was killed do not count. */
    private void see(LocalCluster cluster, long number) {
        long now = System.nanoTime();
        if (killedNanos != 0 && joinedNanos != 0) {
            recoveries.add(new Recovery(since(lostNanos), since(joinedNanos), since(now)));
            killedNanos = 0;
        }
        if (number >= nextFrame && killedNanos == 0 && recoveries.size() < kills) {
            nextFrame = number + 100 + random.nextInt(100);
            lostNanos = 0;
            joinedNanos = 0;
            killedNanos = System.nanoTime();
            CodnnProcess.signal(cluster.process(KILLED).orElseThrow().pid(), "KILL");
        }
    }

    private double since(long nanos) {
        return (nanos - killedNanos) * 1e-9;
    }

    /** The engine calls this in threads of its own. */
    private final class Watch implements MembershipListener {
        @Override
        public void memberAdded(MembershipEvent event) {
            if (Members.attribute(event.getMember(), MemberSettings.DEVICE)
                    .filter(KILLED::equals)
                    .isPresent()) {
                joinedNanos = System.nanoTime();
            }
        }

        @Override
        public void memberRemoved(MembershipEvent event) {
            lostNanos = System.nanoTime();
        }
    }

    /**
     * Prints the recoveries of 20 kills, or as many as the argument says.
     *
     * @param arguments the number of kills
     */
    public static void main(String[] arguments) throws IOException {
        int kills = arguments.length == 0 ? 20 : Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("recovery");
        try {
            List<Recovery> all = measure(folder, kills);
            System.out.println("kill  missed  joined  next result (s)");
            for (int kill = 0; kill < all.size(); kill++) {
                Recovery each = all.get(kill);
                System.out.printf(
                        Locale.ROOT,
                        "%4d  %6.2f  %6.2f  %6.2f%n",
                        kill + 1,
                        each.lostSeconds(),
                        each.joinedSeconds(),
                        each.resultSeconds());
            }
            double greatest =
                    all.stream().mapToDouble(Recovery::resultSeconds).max().orElse(0);
            System.out.printf(Locale.ROOT, "%d recoveries, the longest %.2f s%n", all.size(), greatest);
        } finally {
            ModelStore.deleteTree(folder);
        }
    }
}
