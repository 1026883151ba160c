package shop.unwind.local.contracts;

import shop.unwind.testing.FakePlatform.Asked;
import shop.unwind.testing.Onward;
import shop.unwind.testing.VendorContract;

import java.util.ArrayList;
import java.util.List;

/** The OpenAPI documents of a vendor, and what none of them describes though its prose does. */
final class Documents implements Contract {

    /**
     * One document.
     *
     * @param base stands before each of its paths
     */
    private record Document(String base, VendorContract contract) {
        boolean knows(Asked asked) {
            return path(asked).startsWith(base) && contract.knows(below(asked), asked);
        }

        String below(Asked asked) {
            return path(asked).substring(base.length());
        }
    }

    private final List<Document> documents = new ArrayList<>();
    private final List<String> undescribed;

    /**
     * Of calls such as {@code GET /v3/scopes} no document says anything, so they are passed over.
     */
    Documents(String... undescribed) {
        this.undescribed = List.of(undescribed);
    }

    /** Skips the test when the document is absent. */
    Documents with(String base, String name) {
        documents.add(new Document(base, VendorContract.of(name)));
        return this;
    }

    @Override
    public List<String> complaints(Asked asked) {
        if (isUndescribed(asked)) return List.of();
        return documents.stream()
                .filter(document -> document.knows(asked))
                .findFirst()
                .map(document -> document.contract().complaints(document.below(asked), asked))
                .orElseGet(() -> List.of("no such path and method"));
    }

    @Override
    public List<String> complaints(Asked asked, Onward.Reply reply) {
        return documents.stream()
                .filter(document -> document.knows(asked))
                .findFirst()
                .map(
                        document ->
                                document.contract()
                                        .complaints(document.below(asked), asked.method(), reply))
                .orElseGet(List::of);
    }

    private boolean isUndescribed(Asked asked) {
        return undescribed.contains(asked.method() + " " + path(asked));
    }

    private static String path(Asked asked) {
        return asked.path().replaceFirst("\\?.*", "");
    }
}
