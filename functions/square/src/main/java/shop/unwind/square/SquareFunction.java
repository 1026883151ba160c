package shop.unwind.square;

import shop.unwind.connector.ConnectorFunction;

/** The entry point of the Square connector. */
public final class SquareFunction extends ConnectorFunction {
    public SquareFunction() {
        super("square", Square::new);
    }
}
