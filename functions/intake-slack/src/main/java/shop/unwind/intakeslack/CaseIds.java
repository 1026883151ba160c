package shop.unwind.intakeslack;

import shop.unwind.domain.CaseId;
import shop.unwind.function.BadRequest;

/** Case ids as buttons carry them. */
final class CaseIds {
    private CaseIds() {}

    static CaseId of(String text) {
        try {
            return CaseId.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new BadRequest(400, "value: " + malformed.getMessage());
        }
    }
}
