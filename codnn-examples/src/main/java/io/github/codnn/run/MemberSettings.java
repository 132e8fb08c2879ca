package io.github.codnn.run;

import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.SerializationConfig;
import com.hazelcast.config.SerializerConfig;
import io.github.codnn.CodnnException;
import io.github.codnn.observe.ClusterObserver;
import java.util.Optional;

/**
 * How a member takes part in a cluster. Members find each other by the address that they are told and by nothing else:
 * no multicast, no detection of clouds. Nothing is sent to the vendor. The open edition of the engine has neither TLS
 * nor passwords: whoever reaches the port can take part.
 *
 * @param device the device that the member runs stages for; empty text for one that submits runs
 * @param cluster the name of the cluster; members of other names do not mix
 * @param bind the address that the member listens on, {@code HOST:PORT}, or {@code HOST} for the first free port from
 *     {@link #DEFAULT_PORT}
 * @param join the address of a member to join, {@code HOST:PORT}; empty to be the first
 * @param publicAddress the address at which others reach the member, {@code HOST:PORT}, if it is not that which it
 *     listens on, as behind a router or in a container
 * @param heartbeatSeconds after how long without a sign of life a member counts as lost, positive
 */
public record MemberSettings(
        String device,
        String cluster,
        String bind,
        Optional<String> join,
        Optional<String> publicAddress,
        int heartbeatSeconds) {

    /** The port of a member unless another is given. */
    public static final int DEFAULT_PORT = 5701;

    static final String DEVICE = "codnn.device";
    static final String PROCESS = "codnn.pid";

    private static final int JOIN_SECONDS = 30;

    /** What failures of members consist of. A member that receives a failure that it cannot read waits forever. */
    private static final String[] FAILURES = {
        "java.lang.Enum",
        "java.lang.Throwable",
        "java.lang.Exception",
        "java.lang.RuntimeException",
        "java.lang.Error",
        "java.lang.VirtualMachineError",
        "java.lang.OutOfMemoryError",
        "java.lang.StackOverflowError",
        "java.lang.InternalError",
        "java.lang.LinkageError",
        "java.lang.NoClassDefFoundError",
        "java.lang.UnsatisfiedLinkError",
        "java.lang.ExceptionInInitializerError",
        "java.lang.IncompatibleClassChangeError",
        "java.lang.AssertionError",
        "java.lang.ArithmeticException",
        "java.lang.ClassCastException",
        "java.lang.IllegalArgumentException",
        "java.lang.IllegalStateException",
        "java.lang.IndexOutOfBoundsException",
        "java.lang.InterruptedException",
        "java.lang.NullPointerException",
        "java.lang.SecurityException",
        "java.lang.UnsupportedOperationException",
        "java.lang.ReflectiveOperationException",
        "java.lang.ClassNotFoundException",
        "java.lang.StackTraceElement",
        "[Ljava.lang.StackTraceElement;",
        "java.io.EOFException",
        "java.io.IOException",
        "java.io.UncheckedIOException",
        "java.nio.file.FileSystemException",
        "java.nio.file.NoSuchFileException",
        "java.util.ArrayList",
        "java.util.Collections$EmptyList",
        "java.util.Collections$UnmodifiableCollection",
        "java.util.Collections$UnmodifiableList",
        "java.util.Collections$UnmodifiableRandomAccessList",
        "java.util.ConcurrentModificationException",
        "java.util.NoSuchElementException",
        "java.util.concurrent.CancellationException",
        "java.util.concurrent.CompletionException",
        "java.util.concurrent.ExecutionException",
        "java.util.concurrent.TimeoutException",
        "io.github.codnn.CodnnException",
        "io.github.codnn.run.PipelineException",
    };

    /** Checks the components. */
    public MemberSettings {
        if (cluster.isBlank()) {
            throw new IllegalArgumentException("The name of a cluster must not be blank");
        }
        port(bind);
        join.ifPresent(MemberSettings::port);
        publicAddress.ifPresent(MemberSettings::port);
        if (isLoopback(bind) && join.filter(address -> !isLoopback(address)).isPresent()) {
            throw new CodnnException("A member that listens on " + bind + " cannot join one on another machine, "
                    + join.orElse("") + ". Give the address of this machine in its network with --bind");
        }
        if (heartbeatSeconds < 1) {
            throw new IllegalArgumentException(
                    "The seconds without a heartbeat must be positive, but are " + heartbeatSeconds);
        }
    }

    /**
     * Makes settings of a member that others reach where it listens.
     *
     * @param device the device that the member runs stages for; empty text for one that submits runs
     * @param cluster the name of the cluster
     * @param bind the address that the member listens on
     * @param join the address of a member to join; empty to be the first
     * @param heartbeatSeconds after how long without a sign of life a member counts as lost, positive
     */
    public MemberSettings(String device, String cluster, String bind, Optional<String> join, int heartbeatSeconds) {
        this(device, cluster, bind, join, Optional.empty(), heartbeatSeconds);
    }

    private static boolean isLoopback(String address) {
        return host(address).startsWith("127.") || host(address).equals("localhost");
    }

    static String host(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : address.substring(0, colon);
    }

    static int port(String address) {
        int colon = address.lastIndexOf(':');
        if (address.isBlank() || colon == 0) {
            throw new CodnnException("'" + address + "' is no address. Write HOST:PORT");
        }
        try {
            int port = colon < 0 ? DEFAULT_PORT : Integer.parseInt(address.substring(colon + 1));
            if (port < 1 || port > 65_535) {
                throw new CodnnException("'" + address + "' has port " + port + ", but ports are 1 to 65535");
            }
            return port;
        } catch (NumberFormatException e) {
            throw new CodnnException("'" + address + "' has no number as its port. Write HOST:PORT", e);
        }
    }

    /** Returns the configuration for the engine. */
    Config config() {
        Config config = new Config().setClusterName(cluster).setInstanceName(device.isEmpty() ? "caller" : device);
        config.setProperty("hazelcast.phone.home.enabled", "false")
                .setProperty("hazelcast.logging.type", "none")
                .setProperty("hazelcast.shutdownhook.enabled", "false")
                .setProperty("hazelcast.socket.bind.any", "false")
                .setProperty("hazelcast.wait.seconds.before.join", "0")
                .setProperty("hazelcast.max.join.seconds", Integer.toString(JOIN_SECONDS))
                .setProperty("hazelcast.partition.count", "61")
                .setProperty("hazelcast.heartbeat.interval.seconds", "1")
                .setProperty("hazelcast.max.no.heartbeat.seconds", Integer.toString(heartbeatSeconds))
                .setProperty("hazelcast.merge.first.run.delay.seconds", "5")
                .setProperty("hazelcast.merge.next.run.delay.seconds", "5")
                .setProperty("hazelcast.jet.idle.cooperative.max.microseconds", "2000")
                .setProperty("hazelcast.jet.idle.noncooperative.max.microseconds", "2000");
        config.getMetricsConfig().setEnabled(false);
        config.getJetConfig().setEnabled(true).setResourceUploadEnabled(false).setCooperativeThreadCount(1);
        config.getMemberAttributeConfig()
                .setAttribute(DEVICE, device)
                .setAttribute(PROCESS, Long.toString(ProcessHandle.current().pid()));
        config.setSerializationConfig(serialization());
        configure(config.getNetworkConfig());
        return config;
    }

    private void configure(NetworkConfig network) {
        network.setPort(port(bind)).setPortAutoIncrement(bind.equals(host(bind)));
        publicAddress.ifPresent(address -> network.setPublicAddress(host(address) + ":" + port(address)));
        network.getInterfaces().setEnabled(true).addInterface(host(bind));
        JoinConfig joining = network.getJoin();
        joining.getAutoDetectionConfig().setEnabled(false);
        joining.getMulticastConfig().setEnabled(false);
        joining.getTcpIpConfig().setEnabled(true).setConnectionTimeoutSeconds(3);
        join.ifPresent(address -> joining.getTcpIpConfig().setRequiredMember(host(address) + ":" + port(address)));
    }

    /** Only our own serializers, and of Java's serialization only the engine's own classes and plain failures. */
    private static SerializationConfig serialization() {
        ClassFilter allowed = new ClassFilter().addPrefixes("com.hazelcast.").addClasses(FAILURES);
        SerializationConfig config = new SerializationConfig()
                .addDataSerializableFactory(Serializables.FACTORY, new Serializables())
                .setJavaSerializationFilterConfig(new JavaSerializationFilterConfig()
                        .setDefaultsDisabled(true)
                        .setWhitelist(allowed));
        config.addSerializerConfig(
                new SerializerConfig().setTypeClass(Frame.class).setImplementation(new FrameSerializer()));
        config.addSerializerConfig(
                new SerializerConfig().setTypeClass(FileChunk.class).setImplementation(new FileChunk.Serializer()));
        ClusterObserver.configure(config);
        return config;
    }
}
