package io.github.codnn.mining;

import java.util.Arrays;

/**
 * Decides whether each member of a small group can get a different vertex, by augmenting paths. Each of the {@code k}
 * members needs at most {@code k} candidates: a member with that many is never left without a vertex.
 */
final class Matching {

    private static final int NOBODY = -1;

    private final int[][] offers;
    private final int[] offerCount;
    private final int[] chosen;
    private final boolean[] asked;
    private int members;

    Matching(int maxMembers) {
        offers = new int[maxMembers][maxMembers];
        offerCount = new int[maxMembers];
        chosen = new int[maxMembers];
        asked = new boolean[maxMembers];
    }

    void clear(int newMembers) {
        members = newMembers;
        Arrays.fill(offerCount, 0, newMembers, 0);
    }

    boolean isRich(int member) {
        return offerCount[member] == members;
    }

    void offer(int member, int vertex) {
        offers[member][offerCount[member]++] = vertex;
    }

    boolean isPerfect() {
        Arrays.fill(chosen, 0, members, NOBODY);
        for (int member = 0; member < members; member++) {
            Arrays.fill(asked, 0, members, false);
            if (!place(member)) {
                return false;
            }
        }
        return true;
    }

    private boolean place(int member) {
        asked[member] = true;
        for (int i = 0; i < offerCount[member]; i++) {
            int vertex = offers[member][i];
            int owner = owner(vertex);
            if (owner == NOBODY || (!asked[owner] && place(owner))) {
                chosen[member] = vertex;
                return true;
            }
        }
        return false;
    }

    private int owner(int vertex) {
        for (int member = 0; member < members; member++) {
            if (chosen[member] == vertex) {
                return member;
            }
        }
        return NOBODY;
    }
}
