/** The nightly tie-out: reads recent cases again at the platforms and names each difference. */
@NullMarked
package shop.unwind.tieout;

import org.jspecify.annotations.NullMarked;
