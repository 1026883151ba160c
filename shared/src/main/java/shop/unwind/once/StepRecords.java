package shop.unwind.once;

import java.util.Optional;

/** Where step records are kept. */
interface StepRecords {

    /** What a put brought about. */
    sealed interface Put {
        record Won() implements Put {}

        /**
         * Somebody else's record stands.
         *
         * @param standing as it is now; empty when it vanished meanwhile
         */
        record Lost(Optional<StepRecord> standing) implements Put {}
    }

    /** Puts the first record of a step. */
    Put create(String key, StepRecord record);

    /** Replaces the record that {@code holder} wrote. */
    Put replace(String key, String holder, StepRecord.Status status, StepRecord record);
}
