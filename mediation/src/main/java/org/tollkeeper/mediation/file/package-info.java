/// The inbox, the archive and what files are packed in.
@NullMarked
package org.tollkeeper.mediation.file;

import org.jspecify.annotations.NullMarked;
