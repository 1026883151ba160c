/**
 * Magento Open Source and Adobe Commerce, REST API V1
 * (https://developer.adobe.com/commerce/webapi/rest). Reads orders, cancels what is not invoiced,
 * takes back what is by credit memo. There are no idempotency keys: each credit memo bears our mark
 * in its comment, which is looked for before anything is sent again.
 */
@NullMarked
package shop.unwind.magento;

import org.jspecify.annotations.NullMarked;
