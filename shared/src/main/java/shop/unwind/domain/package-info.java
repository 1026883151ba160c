/**
 * The words of Unwind: requests, cases, orders, money, decisions, plans and outcomes. Plain records
 * that know neither AWS nor HTTP nor JSON.
 */
@NullMarked
package shop.unwind.domain;

import org.jspecify.annotations.NullMarked;
