/**
 * Reads the network definitions of the Darknet framework, {@code .cfg} files.
 *
 * <p>Start from {@link io.github.codnn.darknet.DarknetReader}. A file that cannot be read gives one {@link
 * io.github.codnn.CodnnException} that names the file, the section and the reason. Depends on {@code graph} and {@code
 * zoo}.
 *
 * @since 0.1.0
 */
@NullMarked
package io.github.codnn.darknet;

import org.jspecify.annotations.NullMarked;
