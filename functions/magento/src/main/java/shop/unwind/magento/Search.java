package shop.unwind.magento;

import java.util.ArrayList;
import java.util.List;

/** A search in Magento's words; conditions hold all together. */
record Search(List<String> parts, int conditions) {
    static final int PAGE = 100;

    static Search all() {
        return new Search(List.of(), 0);
    }

    static Search by(String field, String value) {
        return all().and(field, "eq", value);
    }

    Search and(String field, String condition, String value) {
        var at = "filterGroups][" + conditions + "][filters][0";
        return with(at, "field", field)
                .with(at, "value", value)
                .with(at, "conditionType", condition)
                .counting();
    }

    Search sortedBy(String field) {
        return with("sortOrders][0", "field", field).with("sortOrders][0", "direction", "ASC");
    }

    /** The query of one page, counted from 1. */
    String page(int size, int number) {
        var page = plus("searchCriteria[pageSize]", Integer.toString(size));
        return String.join("&", page.plus("searchCriteria[currentPage]", number + "").parts());
    }

    private Search with(String at, String name, String value) {
        return plus("searchCriteria[" + at + "][" + name + "]", value);
    }

    private Search plus(String name, String value) {
        var more = new ArrayList<>(parts);
        more.add(OAuth.encode(name) + "=" + OAuth.encode(value));
        return new Search(List.copyOf(more), conditions);
    }

    private Search counting() {
        return new Search(parts, conditions + 1);
    }
}
