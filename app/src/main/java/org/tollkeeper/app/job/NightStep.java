package org.tollkeeper.app.job;

/// One stage of the night: its name in the history, and its work.
public record NightStep(String name, Work work) {

    /// What a step does. It keeps its own transactions; whatever it throws ends the night.
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }
}
