package io.github.codnn.report;

import java.util.List;
import java.util.Optional;

/**
 * A network, or the inside of a block, with the place of everything in pixels.
 *
 * @param title the name of the network
 * @param width its width
 * @param height its height
 * @param nodes the layers and blocks, in topological order
 * @param wires the tensors between them
 * @param shares the computing time of a whole network by device, in the order of its layers; empty within a block
 */
record Drawing(String title, double width, double height, List<Node> nodes, List<Wire> wires, List<Share> shares) {

    /**
     * Neighbouring layers on one device.
     *
     * @param device the number of the device
     * @param seconds their computing time
     */
    record Share(int device, double seconds) {}

    Drawing withShares(List<Share> ofDevices) {
        return new Drawing(title, width, height, nodes, wires, ofDevices);
    }

    /** A point, from the upper left corner of the drawing. */
    record Point(double x, double y) {}

    /**
     * A layer or a block.
     *
     * @param name its name
     * @param kind its operator, or what a block holds
     * @param time the computing time of one frame, for people
     * @param detail all that is known of it, in one line
     * @param devices the numbers of the devices that run it, in the order of its layers
     * @param at its upper left corner
     * @param inside the layers of a block
     */
    record Node(
            String name,
            String kind,
            String time,
            String detail,
            List<Integer> devices,
            Point at,
            Optional<Drawing> inside) {

        static final double WIDTH = 166;
        static final double HEIGHT = 46;

        Node {
            devices = List.copyOf(devices);
        }

        Node at(Point corner) {
            return new Node(name, kind, time, detail, devices, corner, inside);
        }
    }

    /**
     * A tensor, or several between the same two.
     *
     * @param from the index of the node that writes it
     * @param to the index of a node that reads it
     * @param label its size if it goes to another device; else empty
     * @param points its corners from the writer to the reader
     */
    record Wire(int from, int to, String label, List<Point> points) {

        Wire {
            points = List.copyOf(points);
        }

        Wire along(List<Point> corners) {
            return new Wire(from, to, label, corners);
        }

        /** Returns where the label begins: above the last part of the wire. */
        Point labelAt() {
            Point end = points.get(points.size() - 1);
            return new Point(end.x() - 4, end.y() - 6);
        }

        boolean leavesDevice() {
            return !label.isEmpty();
        }
    }

    Drawing {
        nodes = List.copyOf(nodes);
        wires = List.copyOf(wires);
        shares = List.copyOf(shares);
    }
}
