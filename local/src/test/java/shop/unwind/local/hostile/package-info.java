/** What strangers may send to each way in, and that nothing comes of it. */
@NullMarked
package shop.unwind.local.hostile;

import org.jspecify.annotations.NullMarked;
