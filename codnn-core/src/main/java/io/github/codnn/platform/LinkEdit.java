package io.github.codnn.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Changes the links from some senders to some receivers and no others. */
final class LinkEdit {

    private final Platform platform;
    private final String from;
    private final String to;
    private final UnaryOperator<Link> change;
    private final List<Link> links = new ArrayList<>();

    private LinkEdit(Platform platform, String from, String to, UnaryOperator<Link> change) {
        this.platform = platform;
        this.from = from;
        this.to = to;
        this.change = change;
    }

    static List<Link> of(Platform platform, String from, String to, UnaryOperator<Link> change) {
        LinkEdit edit = new LinkEdit(platform, from, to, change);
        edit.changeWhole();
        boolean all = isAny(from) && isAny(to);
        if (all ? platform.links().isEmpty() : !edit.changeParts()) {
            throw new IllegalArgumentException("The platform has no link " + from + " -> " + to);
        }
        return edit.links;
    }

    private static boolean isAny(String end) {
        return end.equals(Link.ANY);
    }

    /** Changes the links that hold for nobody else. */
    private void changeWhole() {
        for (Link link : platform.links()) {
            links.add(isWhole(link) ? changed(link, link.from(), link.to()) : link);
        }
    }

    private boolean isWhole(Link link) {
        return (isAny(from) || from.equals(link.from())) && (isAny(to) || to.equals(link.to()));
    }

    /** Adds links for the named devices where one holds for others, too. Returns whether any link leads there. */
    private boolean changeParts() {
        boolean any = false;
        for (String sender : matching(from)) {
            for (String receiver : matching(to)) {
                Link link = platform.link(sender, receiver).orElse(null);
                any |= link != null;
                if (link != null && !isWhole(link)) {
                    links.add(changed(link, sender, receiver));
                }
            }
        }
        return any;
    }

    private Link changed(Link link, String sender, String receiver) {
        return change.apply(link).withEnds(sender, receiver);
    }

    private List<String> matching(String end) {
        return isAny(end)
                ? platform.devices().stream().map(Device::name).toList()
                : List.of(platform.devices().get(platform.indexOf(end)).name());
    }
}
