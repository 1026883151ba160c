package shop.unwind.local.hostile;

import shop.unwind.domain.CaseId;

/**
 * What a thief may know or have overheard of this shop: its orders and what was sent about them.
 *
 * @param closed a case that is over
 * @param waiting a case that waits for an approval
 * @param question what the buttons of that approval say
 */
record World(
        Signer signer,
        CaseId closed,
        CaseId waiting,
        Ticket ticket,
        Ticket other,
        String question,
        Overheard overheard) {

    /** What the portal gave somebody who asked. */
    record Ticket(String id, String token) {}

    /** Requests that were sound and were taken, bytes for bytes. */
    @SuppressWarnings("ArrayRecordComponent") // Sent again, never compared.
    record Overheard(byte[] form, byte[] shopify, byte[] stripe, byte[] slack) {}
}
