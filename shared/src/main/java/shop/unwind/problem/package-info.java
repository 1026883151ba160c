/**
 * Why something was not done. The workflow catches these classes by their full name, so they are
 * few, stand at the top level and stay where they are. Their messages hold no secret and no
 * personal data: Step Functions shows them.
 */
@NullMarked
package shop.unwind.problem;

import org.jspecify.annotations.NullMarked;
