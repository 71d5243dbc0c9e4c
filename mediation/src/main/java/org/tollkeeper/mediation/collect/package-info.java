/// Fetching switch files from other hosts over SFTP: a folder there ([RemoteFolder]), and the way
/// of one file from it into the inbox ([Fetch]).
@NullMarked
package org.tollkeeper.mediation.collect;

import org.jspecify.annotations.NullMarked;
