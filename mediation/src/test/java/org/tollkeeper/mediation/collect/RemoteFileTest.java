package org.tollkeeper.mediation.collect;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemoteFileTest {

    @ParameterizedTest
    @CsvSource({
        "calls.csv.gz,",
        "..calls.csv,",
        "'Anrufe März.csv',",
        "'',                 it is no name of a file",
        ".,                  it is no name of a file",
        "..,                 it is no name of a file",
        "../calls.csv,       it leads to another folder",
        "/etc/passwd,        it leads to another folder",
        "a/b.csv,            it leads to another folder",
        "..\\calls.csv,      it leads to another folder",
        "calls\ufffd.csv,    it has control characters or is not in UTF-8",
        "calls\u0085.csv,    it has control characters or is not in UTF-8",
    })
    void a_name_that_leads_elsewhere_is_refused(String name, @Nullable String fault) {
        assertThat(RemoteFile.fault(name)).isEqualTo(fault);
    }

    @Test
    void so_is_one_with_control_characters_or_of_great_length() {
        assertThat(RemoteFile.fault("a\nb")).contains("control characters");
        assertThat(RemoteFile.fault("a\0b")).contains("control characters");
        assertThat(RemoteFile.fault("é".repeat(100))).isNull();
        assertThat(RemoteFile.fault("é".repeat(101))).contains("longer than 200 bytes");
        assertThat(RemoteFile.shown("a\u001b[2Jb")).isEqualTo("'a?[2Jb'");
    }
}
