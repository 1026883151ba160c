package shop.unwind.magento;

import shop.unwind.connector.ConnectorFunction;

/** Entry point. */
public final class MagentoFunction extends ConnectorFunction {
    public MagentoFunction() {
        super("magento", Magento::new);
    }
}
