package io.github.codnn.report;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.WrappingStrategy;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkLabel;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/** Finds the places of nodes and wires by the layered algorithm of Eclipse ELK. Deterministic. */
final class NetworkLayout {

    private static final double WANTED_WIDTH = 1250; // pixels
    private static final double AREA_OF_A_NODE = 225 * 74;
    private static final double LABEL_HEIGHT = 14;
    private static final double LETTER_WIDTH = 6.4;
    private static final double PADDING = 12;

    private final ElkNode root = ElkGraphUtil.createGraph();
    private final List<ElkNode> boxes = new ArrayList<>();

    private NetworkLayout(List<Drawing.Node> nodes, List<Drawing.Wire> wires) {
        LayoutMetaDataService.getInstance().registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
        while (boxes.size() < nodes.size()) {
            ElkNode box = ElkGraphUtil.createNode(root);
            box.setDimensions(Drawing.Node.WIDTH, Drawing.Node.HEIGHT);
            boxes.add(box);
        }
        for (Drawing.Wire wire : wires) {
            ElkEdge edge = ElkGraphUtil.createSimpleEdge(boxes.get(wire.from()), boxes.get(wire.to()));
            if (wire.leavesDevice()) {
                ElkLabel label = ElkGraphUtil.createLabel(wire.label(), edge);
                label.setDimensions(wire.label().length() * LETTER_WIDTH, LABEL_HEIGHT);
            }
        }
        setOptions(nodes.size());
    }

    /** Returns a drawing of nodes and wires that have no places yet. */
    static Drawing arranged(String title, List<Drawing.Node> nodes, List<Drawing.Wire> wires) {
        NetworkLayout layout = new NetworkLayout(nodes, wires);
        new RecursiveGraphLayoutEngine().layout(layout.root, new BasicProgressMonitor());
        return layout.drawing(title, nodes, wires);
    }

    private void setOptions(int nodes) {
        double aspect = WANTED_WIDTH * WANTED_WIDTH / (nodes * AREA_OF_A_NODE);
        root.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        root.setProperty(CoreOptions.DIRECTION, Direction.RIGHT);
        root.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        root.setProperty(CoreOptions.PADDING, new ElkPadding(PADDING));
        root.setProperty(LayeredOptions.SPACING_NODE_NODE, 16.0);
        root.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 26.0);
        root.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, 12.0);
        root.setProperty(LayeredOptions.WRAPPING_STRATEGY, WrappingStrategy.MULTI_EDGE);
        root.setProperty(CoreOptions.ASPECT_RATIO, Math.max(1, Math.min(8, aspect)));
    }

    private Drawing drawing(String title, List<Drawing.Node> nodes, List<Drawing.Wire> wires) {
        List<Drawing.Node> placed = new ArrayList<>();
        for (Drawing.Node node : nodes) {
            ElkNode box = boxes.get(placed.size());
            placed.add(node.at(new Drawing.Point(box.getX(), box.getY())));
        }
        List<Drawing.Wire> routed = new ArrayList<>();
        for (ElkEdge edge : root.getContainedEdges()) {
            routed.add(routed(wires.get(routed.size()), edge));
        }
        return new Drawing(title, root.getWidth(), root.getHeight(), placed, routed, List.of());
    }

    private static Drawing.Wire routed(Drawing.Wire wire, ElkEdge edge) {
        List<Drawing.Point> points = new ArrayList<>();
        for (ElkEdgeSection section : edge.getSections()) {
            points.add(new Drawing.Point(section.getStartX(), section.getStartY()));
            for (ElkBendPoint bend : section.getBendPoints()) {
                points.add(new Drawing.Point(bend.getX(), bend.getY()));
            }
            points.add(new Drawing.Point(section.getEndX(), section.getEndY()));
        }
        return wire.along(points);
    }
}
