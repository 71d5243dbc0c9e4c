package org.tollkeeper.db.traffic;

import org.tollkeeper.model.Side;

/// A charge and the call it is of, while [ChargedCalls] hands it over: the next one takes its
/// place.
public final class ChargedCall {

    private final CallCharges charges;
    private final ConnectedCalls calls;
    private final SwitchNames switches;
    private int call;
    private int place;
    private Side side = Side.BUY;

    ChargedCall(CallCharges charges, ConnectedCalls calls, SwitchNames switches) {
        this.charges = charges;
        this.calls = calls;
        this.switches = switches;
    }

    /// Goes to another charge.
    ///
    /// @return false if there is none
    boolean at(int anyCall, Side anySide) {
        call = anyCall;
        side = anySide;
        place = charges.place(call, side);
        return place >= 0;
    }

    public Side side() {
        return side;
    }

    public int carrier() {
        return charges.carrier(place);
    }

    public int agreement() {
        return charges.agreement(place);
    }

    /// Of the first part.
    public int deckRow() {
        return charges.deckRow(place);
    }

    public int billedSeconds() {
        return charges.billedSeconds(place);
    }

    /// 10⁻⁹ of the agreement's currency.
    public long nanos() {
        return charges.nanos(place);
    }

    public long connectMs() {
        return calls.connectMs(call);
    }

    public long durationMs() {
        return calls.durationMs(call);
    }

    /// Packed, see [org.tollkeeper.model.Digits].
    public long calling() {
        return calls.calling(call);
    }

    /// Packed, see [org.tollkeeper.model.Digits].
    public long called() {
        return calls.called(call);
    }

    /// Adds `switch,call_id,leg_id,setup_at` to a row.
    public CsvText addKey(CsvText text) {
        text.fields(switches.name(calls.switchNumber(call))).comma();
        calls.addCallId(call, text);
        text.comma();
        calls.addLegId(call, text);
        return text.comma().instant(calls.setupMs(call));
    }
}
