package shop.unwind.local.hostile;

import java.util.function.Function;

/**
 * One bad request and its answer.
 *
 * @param name what is bad about it
 * @param request its bytes on the wire; its personal data are those of the mark
 * @param status the answer's
 * @param words in the answer's body: what was expected, where the sender may know
 */
record Row(String name, Function<Mark, byte[]> request, int status, String words) {
    static Row of(String name, int status, String words, Function<Mark, Message> message) {
        return new Row(name, mark -> message.apply(mark).bytes(), status, words);
    }

    @Override
    public String toString() {
        return name;
    }
}
