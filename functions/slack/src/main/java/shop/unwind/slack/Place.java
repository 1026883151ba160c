package shop.unwind.slack;

/**
 * Where a message stands.
 *
 * @param ts Slack's time stamp, a text: as a number it would lose digits
 */
record Place(String channel, String ts) {

    static Place parse(String text) {
        var colon = text.indexOf(':');
        if (colon < 0)
            throw new IllegalArgumentException("approval.message: channel:ts was expected");
        return new Place(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return channel + ":" + ts;
    }
}
