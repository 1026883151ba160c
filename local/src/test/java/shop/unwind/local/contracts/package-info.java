/**
 * Strict mocks of the vendors: their own documents, which lie beside the checkout when they are
 * there at all, say what may be asked and answered; the sandbox behind them gives the answers.
 */
@NullMarked
package shop.unwind.local.contracts;

import org.jspecify.annotations.NullMarked;
