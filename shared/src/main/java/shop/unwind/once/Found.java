package shop.unwind.once;

import shop.unwind.domain.Outcome;

/** What a look at the platform showed. */
public sealed interface Found {
    /** It took effect. */
    record Done(Outcome outcome) implements Found {}

    /** It did not. */
    record Nothing() implements Found {}

    /** The platform offers no way to tell. */
    record CannotTell() implements Found {}
}
