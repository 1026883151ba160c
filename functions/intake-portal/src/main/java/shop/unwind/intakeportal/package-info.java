/**
 * The customer's own way in: {@code POST /cancellations} asks, {@code GET /cancellations/ID} with
 * the token from the first answer says how it stands. Neither tells whether an order exists to
 * somebody who does not know its e-mail address.
 */
@NullMarked
package shop.unwind.intakeportal;

import org.jspecify.annotations.NullMarked;
