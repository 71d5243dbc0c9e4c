package org.tollkeeper.model;

import java.util.List;

/// A folder on another host from which a switch's files are collected over SFTP. Absent texts are
/// empty. No secret stands in it, only where one is to be found.
///
/// @param switchId whose inbox folder the files go into
/// @param hostKeys fingerprints (`SHA256:…`) of which the host's key must have one
/// @param keyFile path of the private key; empty = the password alone
/// @param passwordVariable environment variable with the password, or with the key's passphrase
/// @param folder path on the host
/// @param files glob for names in it
/// @param moveTo folder on the host into which what was collected goes; empty = it stays
/// @param quietSeconds how long a file must not have changed to be whole
/// @param maxMegabytes no file may be larger, in units of 1,000,000 bytes
public record Pickup(
        String id,
        String switchId,
        String host,
        int port,
        String user,
        List<String> hostKeys,
        String keyFile,
        String passwordVariable,
        String folder,
        String files,
        String moveTo,
        int quietSeconds,
        int maxMegabytes) {}
