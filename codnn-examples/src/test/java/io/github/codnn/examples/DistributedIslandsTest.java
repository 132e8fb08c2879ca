package io.github.codnn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import io.github.codnn.collapse.ChainLinearizer;
import io.github.codnn.collapse.CollapsedScenario;
import io.github.codnn.optimize.SearchOptions;
import io.github.codnn.optimize.SearchResult;
import io.github.codnn.optimize.StopRule;
import io.github.codnn.optimize.Strategy;
import io.github.codnn.problem.Objective;
import io.github.codnn.problem.OffloadingProblem;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.swarm.DblpsoMd;
import io.github.codnn.swarm.Dbpso;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Islands on two members of a Hazelcast cluster, both in this JVM and within reach of this machine only. */
class DistributedIslandsTest {

    private static final String LOOPBACK = "127.0.0.1";
    private static final OffloadingProblem PROBLEM = OffloadingProblem.of(chain(), Objective.PERIOD);

    private static HazelcastInstance member;
    private static HazelcastInstance other;

    private static Scenario chain() {
        return CollapsedScenario.of(Quickstart.scenario(), ChainLinearizer.withDefaults())
                .scenario();
    }

    @BeforeAll
    static void startMembers() throws IOException {
        System.setProperty("hazelcast.logging.type", "none"); // for what is said before any configuration
        String cluster = UUID.randomUUID().toString();
        int[] ports = freePorts();
        member = Hazelcast.newHazelcastInstance(config(cluster, ports[0], ports));
        other = Hazelcast.newHazelcastInstance(config(cluster, ports[1], ports));
        assertThat(member.getCluster().getMembers()).hasSize(2);
    }

    private static int[] freePorts() throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (ServerSocket one = new ServerSocket(0, 0, loopback);
                ServerSocket two = new ServerSocket(0, 0, loopback)) {
            return new int[] {one.getLocalPort(), two.getLocalPort()};
        }
    }

    @AfterAll
    static void shutMembersDown() {
        Stream.of(member, other).forEach(each -> each.getLifecycleService().terminate());
    }

    private static Config config(String cluster, int port, int... ports) {
        Config config = new Config()
                .setClusterName(cluster)
                .setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.logging.type", "none")
                .setProperty("hazelcast.socket.bind.any", "false")
                .setProperty("hazelcast.wait.seconds.before.join", "0")
                .setProperty("hazelcast.partition.count", "11");
        config.getMetricsConfig().setEnabled(false);
        NetworkConfig network = config.getNetworkConfig().setPort(port).setPortAutoIncrement(false);
        network.getInterfaces().setEnabled(true).addInterface(LOOPBACK);
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true);
        for (int each : ports) {
            join.getTcpIpConfig().addMember(LOOPBACK + ":" + each);
        }
        return config;
    }

    @Test
    void guide_islandsOnACluster_findsAPlan() {
        OffloadingProblem problem = PROBLEM;
        // region distributed
        IExecutorService cluster = member.getExecutorService("codnn"); // any ExecutorService will do
        SearchOptions options = SearchOptions.withDefaults().withExecutor(cluster);
        SearchResult result = Dbpso.withDefaults().withIslands(4, 10).search(problem, options);
        // endregion

        assertThat(result.best()).isPresent();
    }

    static List<Strategy> strategies() {
        return List.of(
                Dbpso.withDefaults().withIslands(4, 3),
                Dbpso.asPublished().withIslands(4, 3),
                DblpsoMd.withDefaults().withIslands(4, 3));
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void search_onTwoMembers_givesTheSamePlanAsOneThread(Strategy strategy) {
        SearchOptions options = SearchOptions.withDefaults().withSeed(7).withStopRule(StopRule.iterations(4));
        IExecutorService cluster = member.getExecutorService(strategy.getClass().getSimpleName());
        long[] before = jobs(cluster.getName());

        SearchResult result = strategy.search(PROBLEM, options.withExecutor(cluster));

        assertThat(result).isEqualTo(strategy.search(PROBLEM, options));
        long[] after = jobs(cluster.getName());
        assertThat(after[0] - before[0] + after[1] - before[1]).isEqualTo(3 * 4);
    }

    /** Counts jobs as they start: Hazelcast counts completed ones after it has handed over their results. */
    private static long[] jobs(String executor) {
        return Stream.of(member, other)
                .mapToLong(each -> each.getExecutorService(executor)
                        .getLocalExecutorStats()
                        .getStartedTaskCount())
                .toArray();
    }
}
