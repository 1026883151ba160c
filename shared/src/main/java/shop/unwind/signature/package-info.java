/** Signatures of incoming events, over raw bytes and in constant time. */
@NullMarked
package shop.unwind.signature;

import org.jspecify.annotations.NullMarked;
