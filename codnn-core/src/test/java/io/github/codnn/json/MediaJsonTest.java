package io.github.codnn.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.codnn.CodnnException;
import io.github.codnn.platform.Link;
import io.github.codnn.platform.LinkPresets;
import io.github.codnn.platform.Medium;
import io.github.codnn.platform.Platform;
import io.github.codnn.scenario.Scenario;
import io.github.codnn.testing.PlanningArbitraries;
import io.github.codnn.testing.SharedMedia;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaJsonTest {

    private static final String PLATFORM = """
            {"devices": [
              {"name": "drone", "preset": "raspberry-pi-4b"},
              {"name": "edge", "preset": "jetson-nano-gpu"},
              {"name": "cloud", "preset": "tesla-t4-fp32"}],
             "links": [
              {"from": "drone", "to": "edge", "medium": "radio"},
              {"from": "edge", "to": "drone", "medium": "radio", "bytesPerSecond": 1e6},
              {"from": "drone", "to": "cloud", "preset": "4g"},
              {"from": "cloud", "to": "drone", "preset": "4g"},
              {"from": "cloud", "to": "edge", "preset": "wan-100m"}],
             "media": [{"name": "radio", "bytesPerSecond": 2.36e6, "duplex": "HALF"}]}
            """;

    private static Platform read(String json) {
        return PlatformJson.parse(json).platform();
    }

    private static Link link(Platform platform, String from, String to) {
        return platform.link(from, to).orElseThrow();
    }

    @Test
    void read_linkOnAMedium_takesItsRateUnlessItHasItsOwn() {
        Platform platform = read(PLATFORM);

        assertThat(link(platform, "drone", "edge").bytesPerSecond()).isEqualTo(2.36e6);
        assertThat(link(platform, "edge", "drone").bytesPerSecond()).isEqualTo(1e6);
        assertThat(platform.sharedResource("drone", "edge")).contains("radio");
        assertThat(platform.media())
                .containsExactly(
                        new Medium("radio", 2.36e6, Medium.Duplex.HALF),
                        LinkPresets.FOUR_G.medium().orElseThrow());
        assertThat(platform.sharedResource("cloud", "drone")).contains("4g down");
        assertThat(platform.sharedResource("cloud", "edge")).isEmpty();
    }

    @Test
    void read_mediumNull_givesThePresetsLinkAWayOfItsOwn() {
        Platform platform = read(PLATFORM.replace("\"preset\": \"4g\"", "\"preset\": \"4g\", \"medium\": null"));

        assertThat(link(platform, "drone", "cloud").medium()).isEmpty();
        assertThat(platform.media().stream().map(Medium::name)).containsExactly("radio");
    }

    @Test
    void read_presetOnADescribedMedium_isNoFasterThanThat() {
        Platform platform = read(PLATFORM.replace("\"preset\": \"4g\"", "\"preset\": \"4g\", \"medium\": \"radio\""));

        assertThat(link(platform, "cloud", "drone").bytesPerSecond())
                .isEqualTo(LinkPresets.FOUR_G.downlink("cloud", "drone").bytesPerSecond());
        Platform slow = read(PLATFORM.replace("\"preset\": \"4g\"", "\"preset\": \"4g\", \"medium\": \"radio\"")
                .replace("2.36e6", "1e6"));
        assertThat(link(slow, "cloud", "drone").bytesPerSecond()).isEqualTo(1e6);
    }

    @Test
    void read_presetWithAnOwnRate_raisesTheMediumThatNobodyDescribed() {
        Platform platform = read(PLATFORM.replace("\"preset\": \"4g\"", "\"preset\": \"4g\", \"bytesPerSecond\": 9e9"));

        assertThat(platform.media().get(1)).isEqualTo(new Medium("4g", 9e9, Medium.Duplex.FULL));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "to": "edge", "medium": "radio" | "to": "edge", "medium": "rado" | links[0].medium names medium 'rado', which does not exist. There are radio
            "to": "edge", "medium": "radio" | "to": "edge", "medium": "wifi" | links[0].medium names medium 'wifi', which does not exist. There are radio
            "to": "edge", "medium": "radio" | "to": "edge", "medium": 3 | links[0].medium must be a text, but is 3
            "to": "edge", "medium": "radio" | "to": "edge" | links[0] must have a field 'bytesPerSecond'
            "bytesPerSecond": 1e6 | "bytesPerSecond": 3e6 | links[1].bytesPerSecond must be at most 2360000.0, the rate of the link's medium, but is 3000000.0
            "bytesPerSecond": 2.36e6, | "bytesPerSecond": 0, | media[0].bytesPerSecond must be greater than zero, but is 0
            "bytesPerSecond": 2.36e6, | '' | media[0] must have a field 'bytesPerSecond'
            "HALF" | "SIMPLEX" | media[0].duplex must be one of [HALF, FULL], but is 'SIMPLEX'
            , "duplex": "HALF" | '' | media[0] must have a field 'duplex'
            "duplex": "HALF" | "duplex": "HALF", "rate": 1 | media[0] has an unknown field 'rate'
            "media": [ | "media": [{"name": "radio", "bytesPerSecond": 1e9, "duplex": "FULL"}, | media[1] is a second medium named 'radio'
            """)
    void read_badField_isNamed(String before, String after, String message) {
        assertThat(PLATFORM).contains(before);

        assertThatThrownBy(() -> PlatformJson.parse(PLATFORM.replace(before, after)))
                .isInstanceOf(CodnnException.class)
                .hasMessageStartingWith("platform: ")
                .hasMessageContaining(message);
    }

    @Test
    void roundTrip_platformWithMedia_isEqual() {
        Platform platform = read(PLATFORM);

        assertThat(read(PlatformJson.render(platform))).isEqualTo(platform);
    }

    @Provide
    Arbitrary<Scenario> scenarios() {
        return PlanningArbitraries.scenarios();
    }

    @Tag("slow")
    @Property(tries = 100, seed = "20261128", edgeCases = EdgeCasesMode.NONE)
    void roundTrip_problemWithMedia_keepsThem(@ForAll("scenarios") Scenario plain, @ForAll long seed) {
        Scenario scenario = SharedMedia.spread(plain, seed);

        Platform copy = ProblemJson.parse(ProblemJson.render(scenario)).platform();

        assertThat(copy.media()).isEqualTo(scenario.platform().media());
        assertThat(copy.links()).isEqualTo(scenario.platform().links());
    }

    @Test
    void write_platformWithoutMedia_doesNotMentionThem() {
        Platform platform = read("{\"devices\": [{\"name\": \"a\", \"kind\": \"k\"}]}");

        assertThat(PlatformJson.render(platform)).doesNotContain("medi");
        assertThat(platform.media()).isEmpty();
    }
}
