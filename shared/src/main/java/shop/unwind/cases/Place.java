package shop.unwind.cases;

import shop.unwind.domain.CaseId;

/** Where things of an order stand in the cases table: the values of its sort key. */
final class Place {
    static final String HEAD = "case";
    static final String SNAPSHOT = "order";
    static final String REQUESTS = "request#";
    static final String APPROVALS = "approval#";
    static final String EVENTS = "event#";

    private Place() {}

    static String request(String id) {
        return REQUESTS + id;
    }

    static String decision(CaseId id) {
        return "decision#" + id.generation();
    }

    static String outcomes(CaseId id) {
        return "outcomes#" + id.generation();
    }

    static String approval(String id) {
        return APPROVALS + id;
    }
}
