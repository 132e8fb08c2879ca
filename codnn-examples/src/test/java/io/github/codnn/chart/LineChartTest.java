package io.github.codnn.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class LineChartTest {

    @TempDir
    private Path folder;

    @Test
    void write_twoLines_drawsEveryPointInsideThePicture() throws Exception {
        LineChart.Series first = new LineChart.Series("A & <B>", List.of(point(2, 5, 1), point(10, -3, 0)));
        LineChart.Series second = new LineChart.Series("second", List.of(point(4, 1e6, 0)));
        Path file = folder.resolve("chart.svg");

        new LineChart("title", "across", "up", List.of(first, second)).write(file);

        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(Files.newInputStream(file));
        assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(2);
        // Three points and two entries of the legend.
        assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(5);
        for (int i = 0; i < 5; i++) {
            String y = document.getElementsByTagName("circle")
                    .item(i)
                    .getAttributes()
                    .getNamedItem("cy")
                    .getNodeValue();
            assertThat(Double.parseDouble(y)).isBetween(0.0, 400.0);
        }
        assertThat(document.getDocumentElement().getTextContent()).contains("A & <B>", "title", "across");
    }

    @Test
    void constructor_noPoints_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LineChart("empty", "x", "y", List.of(new LineChart.Series("none", List.of()))))
                .withMessageContaining("'empty'");
    }

    private static LineChart.Point point(double x, double y, double error) {
        return new LineChart.Point(x, y, error);
    }
}
