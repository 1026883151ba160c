package shop.unwind.local.contracts;

import shop.unwind.testing.FakePlatform.Asked;
import shop.unwind.testing.Onward;

import java.util.List;

/** What a vendor has written of the calls that it takes and how it answers them. */
interface Contract {
    /** What is wrong with a call; empty when nothing is. */
    List<String> complaints(Asked asked);

    /** What is wrong with the answer to a call that was right; empty when nothing is. */
    List<String> complaints(Asked asked, Onward.Reply reply);
}
