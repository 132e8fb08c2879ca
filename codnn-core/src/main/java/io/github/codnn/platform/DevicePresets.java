package io.github.codnn.platform;

import io.github.codnn.NearestNames;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Devices with published power figures. The kind of a device made here is the name of its preset, under which
 * {@code io.github.codnn.cost.RooflineCostModel} knows its speed.
 *
 * <p>Power is that of the whole board, measured where a source is named. Prices are list prices of rented servers
 * and zero for devices that the user owns. Every figure can be changed with the {@code with} methods of {@link Device}.
 */
public enum DevicePresets {
    /**
     * Raspberry Pi 3B+, four threads on its CPU. Power: sbc-reviews issue 16, idle 3.1 W, Geekbench 5.3 W.
     */
    RASPBERRY_PI_3B_PLUS(
            "raspberry-pi-3b-plus",
            Tier.TERMINAL,
            1L << 30,
            5.3,
            3.1,
            0,
            "speed: ncnn benchmark table; power: sbc-reviews, issue 16"),
    /** Raspberry Pi 3B, four threads on its CPU. Power: taken to be that of the 3B+. */
    RASPBERRY_PI_3B(
            "raspberry-pi-3b",
            Tier.TERMINAL,
            1L << 30,
            5.3,
            3.1,
            0,
            "speed: TVM wiki; power: taken to be that of the 3B+"),
    /** Raspberry Pi 4B, four threads on its CPU. Power: sbc-reviews issue 4, idle 1.6 W, Geekbench 5.2 W. */
    RASPBERRY_PI_4B(
            "raspberry-pi-4b",
            Tier.TERMINAL,
            4L << 30,
            5.2,
            1.6,
            0,
            "speed: ncnn benchmark table; power: sbc-reviews, issue 4"),
    /**
     * Raspberry Pi 5, four threads on its CPU. Power: idle 3.3 W, stress test 9.8 W, measured on a board of 4 GB
     * (jeffgeerling.com, August 2024).
     */
    RASPBERRY_PI_5(
            "raspberry-pi-5",
            Tier.TERMINAL,
            8L << 30,
            9.8,
            3.3,
            0,
            "speed: ncnn benchmark table; power: measured on a board of 4 GB, jeffgeerling.com, August 2024"),
    /** Google Pixel 2 phone, its CPU. Power: an assumption, that of a phone at work and with its screen off. */
    PIXEL_2("pixel-2", Tier.TERMINAL, 4L << 30, 4.0, 0.5, 0, "speed: TVM wiki; power: an assumption"),
    /**
     * Phone of 2019 with a Snapdragon 855+, its four large cores. Power: an assumption, that of the Pixel 2.
     */
    SNAPDRAGON_855_PLUS(
            "snapdragon-855-plus",
            Tier.TERMINAL,
            8L << 30,
            4.0,
            0.5,
            0,
            "speed: ncnn benchmark table; power: an assumption, that of the Pixel 2"),
    /**
     * Laptop class CPU of 2018, a Ryzen Embedded V1605B with four threads. Power: the top of its 12 to 25 W; idle is an
     * assumption.
     */
    RYZEN_V1605B(
            "ryzen-v1605b",
            Tier.EDGE,
            16L << 30,
            25,
            6,
            0,
            "speed: ncnn benchmark table; power: top of the range of the CPU, idle an assumption"),
    /** Jetson Nano, four threads on its CPU. Power: its 10 W mode; idle 1.9 W is an estimate of the module alone. */
    JETSON_NANO_CPU(
            "jetson-nano-cpu",
            Tier.EDGE,
            4L << 30,
            10,
            1.9,
            0,
            "speed: ncnn benchmark table; power: 10 W mode, idle an estimate"),
    /** Jetson Nano, its GPU. Power: its 10 W mode; idle 1.9 W is an estimate of the module alone. */
    JETSON_NANO_GPU(
            "jetson-nano-gpu",
            Tier.EDGE,
            4L << 30,
            10,
            1.9,
            0,
            "speed: ncnn benchmark table; power: 10 W mode, idle an estimate"),
    /** Jetson TX2 NX, its GPU. Power: the 15 W mode of the TX2; idle is an assumption. */
    JETSON_TX2_NX_GPU(
            "jetson-tx2-nx-gpu",
            Tier.EDGE,
            4L << 30,
            15,
            3,
            0,
            "speed: ncnn benchmark table; power: 15 W mode of the TX2, idle an assumption"),
    /** Jetson AGX Xavier, four threads on its CPU. Power: its 30 W mode; idle is an assumption. */
    JETSON_AGX_XAVIER_CPU(
            "jetson-agx-xavier-cpu",
            Tier.EDGE,
            32L << 30,
            30,
            6,
            0,
            "speed: ncnn benchmark table; power: 30 W mode, idle an assumption"),
    /**
     * Jetson AGX Xavier, its GPU in half precision. Speed: a fit to eight networks of the ncnn benchmark table, with a
     * mean error of 11 % and at most 27 %. Power: its 30 W mode; idle is an assumption.
     */
    JETSON_AGX_XAVIER_GPU(
            "jetson-agx-xavier-gpu",
            Tier.EDGE,
            32L << 30,
            30,
            6,
            0,
            "speed: ncnn benchmark table (half precision); power: 30 W mode, idle an assumption"),
    /**
     * Desktop with a Core i7-13700K, sixteen threads. Power: the 125 W base power of the CPU; idle is an assumption.
     */
    CORE_I7_13700K(
            "core-i7-13700k",
            Tier.EDGE,
            32L << 30,
            125,
            40,
            0,
            "speed: ncnn benchmark table; power: base power of the CPU, idle an assumption"),
    /** Desktop with a GeForce RTX 2080. Power: the 215 W of the board; idle is an assumption. */
    RTX_2080(
            "rtx-2080",
            Tier.EDGE,
            8L << 30,
            215,
            40,
            0,
            "speed: ncnn benchmark table; power: that of the board, idle an assumption"),
    /**
     * AWS c5.4xlarge, eight threads. Speed: not confirmed, because no public table with this instance was found. Power:
     * 200 W active and 80 W idle, the edge server of a published simulator configuration. Price: on-demand list price
     * of 0.68 USD an hour.
     */
    AWS_C5_4XLARGE(
            "aws-c5-4xlarge",
            Tier.CLOUD,
            32L << 30,
            200,
            80,
            0.68 / 3600,
            "speed: not confirmed by a public table; power: a published simulator configuration; price: list price"),
    /** Tesla T4 in single precision. Power: the 70 W of the board; idle is an assumption. Price: 0.526 USD an hour. */
    TESLA_T4_FP32(
            "tesla-t4-fp32",
            Tier.CLOUD,
            16L << 30,
            70,
            10,
            0.526 / 3600,
            "speed: PaddleClas benchmark table; power: that of the board, idle an assumption; price: list price"),
    /** Tesla T4 in half precision. Power: the 70 W of the board; idle is an assumption. Price: 0.526 USD an hour. */
    TESLA_T4_FP16(
            "tesla-t4-fp16",
            Tier.CLOUD,
            16L << 30,
            70,
            10,
            0.526 / 3600,
            "speed: PaddleClas benchmark table; power: that of the board, idle an assumption; price: list price"),
    /**
     * Tesla V100. Speed: not confirmed, because no public table with this board was found. Power: the 250 W of the PCIe
     * board; idle is an assumption. Price: 3.06 USD an hour.
     */
    TESLA_V100(
            "tesla-v100",
            Tier.CLOUD,
            16L << 30,
            250,
            40,
            3.06 / 3600,
            "speed: not confirmed by a public table; power: that of the board, idle an assumption; price: list price");

    private final String preset;
    private final Tier tier;
    private final long memoryBytes;
    private final double activeWatts;
    private final double idleWatts;
    private final double pricePerSecond;
    private final String source;

    DevicePresets(
            String preset,
            Tier tier,
            long memoryBytes,
            double activeWatts,
            double idleWatts,
            double pricePerSecond,
            String source) {
        this.preset = preset;
        this.tier = tier;
        this.memoryBytes = memoryBytes;
        this.activeWatts = activeWatts;
        this.idleWatts = idleWatts;
        this.pricePerSecond = pricePerSecond;
        this.source = source;
    }

    /**
     * Returns the name of this preset in files and on the command line.
     *
     * @return the name, such as {@code raspberry-pi-4b}; also the kind of the devices made from it
     */
    public String preset() {
        return preset;
    }

    /**
     * Returns where the figures of this preset are from.
     *
     * @return the sources of its speed, power and price, and which of them are assumptions
     */
    public String source() {
        return source;
    }

    /**
     * Makes a device from this preset.
     *
     * @param name the name of the device on its platform
     * @return the device
     */
    public Device device(String name) {
        return new Device(name, preset, tier, memoryBytes, activeWatts, idleWatts, pricePerSecond, 0);
    }

    /**
     * Finds a preset by its name in files.
     *
     * @param preset the name, such as {@code raspberry-pi-4b}
     * @return the preset
     * @throws IllegalArgumentException if there is none of that name; the message lists the names
     */
    public static DevicePresets named(String preset) {
        return Arrays.stream(values())
                .filter(value -> value.preset.equals(preset))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + preset + "' is no preset of devices." + NearestNames.choice(preset, names())));
    }

    /**
     * Returns the names of all presets.
     *
     * @return the names in the order of declaration
     */
    public static List<String> names() {
        return Arrays.stream(values()).map(DevicePresets::preset).collect(Collectors.toUnmodifiableList());
    }
}
