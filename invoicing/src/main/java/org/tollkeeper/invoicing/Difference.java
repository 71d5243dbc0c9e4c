package org.tollkeeper.invoicing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import org.tollkeeper.model.Money;

/// Our view of a destination beside the vendor's, and the difference in money split exactly into
/// what comes from volume and what from price:
///
/// ```
/// difference = ours - theirs
///            = (our minutes - their minutes) x their price          volume
///            + our minutes x (our price - their price)              rate
/// ```
///
/// The volume part is rounded half-up to the minor unit once, the rate part is the rest.
///
/// @param ours null: the vendor bills what we do not know of
/// @param theirs null: the vendor does not bill it
public record Difference(
        String destination,
        @Nullable Volume ours,
        @Nullable Volume theirs,
        Money difference,
        Money volumePart,
        Money ratePart) {

    /// A volume difference is worth a dispute from 1 % of what the vendor bills …
    private static final BigDecimal DISPUTED_PERCENT = BigDecimal.ONE;

    /// … and from this amount, both.
    private static final BigDecimal DISPUTED_AMOUNT = new BigDecimal("1000.00");

    public static Difference of(Volume ours, Volume theirs) {
        Money difference = ours.amount().minus(theirs.amount());
        Money volume = volumePart(ours, theirs);
        return new Difference(
                theirs.destination(), ours, theirs, difference, volume, difference.minus(volume));
    }

    public static Difference onlyOurs(Volume ours) {
        Money zero = Money.zero(ours.amount().currency());
        return new Difference(ours.destination(), ours, null, ours.amount(), ours.amount(), zero);
    }

    public static Difference onlyTheirs(Volume theirs) {
        Money zero = Money.zero(theirs.amount().currency());
        Money missing = theirs.amount().negated();
        return new Difference(theirs.destination(), null, theirs, missing, missing, zero);
    }

    private static Money volumePart(Volume ours, Volume theirs) {
        BigDecimal theirSeconds = theirs.seconds();
        if (theirSeconds.signum() == 0) {
            // Their price is not defined. Ours stands in; without any minutes all is price.
            return ours.seconds().signum() == 0
                    ? Money.zero(ours.amount().currency())
                    : ours.amount();
        }
        BigDecimal exactTimesSeconds =
                ours.seconds().subtract(theirSeconds).multiply(theirs.amount().amount());
        int decimals = theirs.amount().currency().getDefaultFractionDigits();
        return Money.settle(
                exactTimesSeconds.divide(theirSeconds, decimals, RoundingMode.HALF_UP),
                theirs.amount().currency());
    }

    /// Whether the volume part is large enough to be disputed.
    public boolean volumeDisputed() {
        BigDecimal billed = theirs == null ? BigDecimal.ZERO : theirs.amount().amount();
        return disputed(volumePart.amount(), billed);
    }

    /// A difference in price is disputed however small.
    public boolean rateDisputed() {
        return !ratePart.isZero();
    }

    /// Whether a volume difference on an invoice of `billed` is raised: it reaches both the
    /// percentage and the amount.
    public static boolean disputed(BigDecimal difference, BigDecimal billed) {
        BigDecimal size = difference.abs();
        return size.compareTo(DISPUTED_AMOUNT) >= 0
                && size.movePointRight(2).compareTo(billed.abs().multiply(DISPUTED_PERCENT)) >= 0;
    }
}
