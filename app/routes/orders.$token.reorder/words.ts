import { maxLines } from '#app/domain/cart/cart.ts'
import type { ReorderNote, ReorderResult } from '#app/domain/cart/reorder.server.ts'
import { formatMoney } from '#app/domain/money.ts'

/** A message has to fit into a cookie, and to be read in passing. */
const most = { notes: 4, name: 50 }

type Money = { currency: string; locale: string }

/** What ordering again did, and what could not be had. */
export function reorderWords(
  { added, isInCart, notes }: Extract<ReorderResult, { ok: true }>,
  money: Money,
): string {
  const said = notes.slice(0, most.notes).map((note) => noteWords(note, money))
  if (notes.length > most.notes) said.push(`${notes.length - most.notes} more things have changed.`)
  return [headline(added, isInCart), ...said].join(' ')
}

function headline(added: number, isInCart: boolean): string {
  if (!isInCart) return 'Nothing of this order can be had now.'
  if (added === 0) return 'This is in your cart already.'
  return added === 1 ? '1 item was put into your cart.' : `${added} items were put into your cart.`
}

function noteWords(note: ReorderNote, money: Money): string {
  const name = note.name.length > most.name ? `${note.name.slice(0, most.name - 1)}…` : note.name
  switch (note.kind) {
    case 'sold-out':
      return `${name}: sold out.`
    case 'no-longer-sold':
      return `${name}: no longer sold.`
    case 'fewer-left':
      return `${name}: only ${note.left} left.`
    case 'price-changed':
      return `${name}: now ${formatMoney(note.to, money)} instead of ${formatMoney(note.from, money)}.`
    case 'cart-full':
      return `${name}: no room, a cart holds at most ${maxLines} different things.`
  }
}
