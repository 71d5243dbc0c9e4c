# Sourced by the scripts of this project: sets and exports JAVA_HOME to a JDK of 25 or newer,
# or returns 1 after saying what is missing. POSIX sh.

tollkeeper_jdk_floor=25

# The major version of the JDK in folder $1, from its `release` file; nothing if it is not a JDK.
tollkeeper_jdk_major() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
    sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release"
}

tollkeeper_jdk_fits() {
    tollkeeper_major=$(tollkeeper_jdk_major "$1")
    [ -n "$tollkeeper_major" ] && [ "$tollkeeper_major" -ge "$tollkeeper_jdk_floor" ]
}

# The home of the `java` on PATH, symbolic links followed.
tollkeeper_jdk_on_path() {
    tollkeeper_java=$(command -v java) || return 0
    while [ -L "$tollkeeper_java" ]; do
        tollkeeper_link=$(readlink "$tollkeeper_java")
        case $tollkeeper_link in
            /*) tollkeeper_java=$tollkeeper_link ;;
            *) tollkeeper_java=$(dirname "$tollkeeper_java")/$tollkeeper_link ;;
        esac
    done
    dirname "$(dirname "$tollkeeper_java")"
}

tollkeeper_find_jdk() {
    for tollkeeper_home in \
        "${JAVA_HOME:-}" \
        "$(tollkeeper_jdk_on_path)" \
        /usr/lib/jvm/* \
        "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* \
        "$([ -x /usr/libexec/java_home ] && /usr/libexec/java_home -v "$tollkeeper_jdk_floor+" 2>/dev/null)" \
        /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if [ -n "$tollkeeper_home" ] && tollkeeper_jdk_fits "$tollkeeper_home"; then
            JAVA_HOME=$tollkeeper_home
            export JAVA_HOME
            return 0
        fi
    done
    cat >&2 <<TEXT
Tollkeeper needs a JDK $tollkeeper_jdk_floor or newer (a JDK with javac, not only a runtime) and found none.
Looked at JAVA_HOME (${JAVA_HOME:-not set}), the java on PATH, /usr/lib/jvm,
~/.sdkman/candidates/java and /Library/Java/JavaVirtualMachines.

Install one, for example
  Debian, Ubuntu   apt-get install openjdk-25-jdk-headless
  Fedora           dnf install java-25-openjdk-devel
  macOS            brew install openjdk@25
  SDKMAN           sdk install java 25-tem
or set JAVA_HOME to the folder of one that is already there.
TEXT
    return 1
}

tollkeeper_find_jdk
