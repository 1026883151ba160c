package shop.unwind.local.queue;

/** How many messages a queue holds: to be received, received and not deleted, not yet due. */
public record Depth(int visible, int inFlight, int delayed) {
    public int total() {
        return visible + inFlight + delayed;
    }
}
