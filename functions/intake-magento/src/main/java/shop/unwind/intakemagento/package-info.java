/**
 * Adobe I/O Events about Adobe Commerce (https://developer.adobe.com/events/docs/guides). The
 * signature covers the raw body and no time, so a repeat is known by what it tells. Adobe waits 10
 * s and sends again only after 429 and 5xx, for a day.
 */
@NullMarked
package shop.unwind.intakemagento;

import org.jspecify.annotations.NullMarked;
