/**
 * The platforms that Unwind speaks to, imitated on one port: stateful, as strict as the vendors,
 * and with faults to order. One class per platform; what platforms have in common is done once, in
 * {@link shop.unwind.local.sandbox.Sandbox} and {@link shop.unwind.local.sandbox.Stage}.
 */
@NullMarked
package shop.unwind.local.sandbox;

import org.jspecify.annotations.NullMarked;
