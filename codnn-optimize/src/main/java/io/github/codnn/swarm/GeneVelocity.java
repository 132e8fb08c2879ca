package io.github.codnn.swarm;

import java.io.Serializable;

/**
 * The velocity of a particle whose position is a device for every layer.
 *
 * @serial exclude
 */
final class GeneVelocity implements Serializable {

    private static final long serialVersionUID = 1;

    /** How many genes changed in the last step. */
    double genes;
}
