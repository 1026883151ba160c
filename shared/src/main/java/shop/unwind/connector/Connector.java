package shop.unwind.connector;

/** The module that speaks to one platform. It implements each role that its platform has. */
public interface Connector {

    /**
     * One cheap read that proves credentials and permissions.
     *
     * @throws shop.unwind.problem.Problem what an operator must mend
     */
    void probe();
}
