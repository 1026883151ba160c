/**
 * The one client through which platforms are spoken to. It turns every answer that is no success
 * into a problem by kind, once for all; connectors translate only their platform's own words. What
 * was surely not sent is sent once more here; everything else is the workflow's to repeat.
 */
@NullMarked
package shop.unwind.http;

import org.jspecify.annotations.NullMarked;
