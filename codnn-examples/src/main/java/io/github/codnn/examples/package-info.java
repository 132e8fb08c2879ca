/** Examples and the codnn command line. */
@NullMarked
package io.github.codnn.examples;

import org.jspecify.annotations.NullMarked;
