/// The program: command line, the order of the jobs and configuration.
@NullMarked
package org.tollkeeper.app;

import org.jspecify.annotations.NullMarked;
