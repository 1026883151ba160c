/** The one port: AWS operations by their target header, everything else is the HTTP API. */
@NullMarked
package shop.unwind.local.http;

import org.jspecify.annotations.NullMarked;
