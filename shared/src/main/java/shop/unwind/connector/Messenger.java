package shop.unwind.connector;

import shop.unwind.once.Effect;
import shop.unwind.words.Letter;

/** Tells customers or staff. */
public interface Messenger extends Connector {
    Effect tell(Letter letter);
}
