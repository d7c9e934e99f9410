import { formatCount } from '#app/domain/intl.ts'
import { formatMoney, type MoneyFormat } from '#app/domain/money.ts'
import type { Added, AddedNote } from './add-available.server.ts'
import { maxLines } from './cart.ts'

/** A message has to fit into a cookie, and has to be short. */
const max = { notes: 4, name: 50 }

/** What was added to the cart of an earlier list, and which items were unavailable. */
export function addedMessage({ added, isInCart, notes }: Added, money: MoneyFormat): string {
  const sentences = notes.slice(0, max.notes).map((note) => noteMessage(note, money))
  if (notes.length > max.notes) sentences.push(`${notes.length - max.notes} more changes.`)
  return [headline(added, isInCart), ...sentences].join(' ')
}

function headline(added: number, isInCart: boolean): string {
  if (!isInCart) return 'None of these items are available.'
  if (added === 0) return 'These items are already in your cart.'
  return `${formatCount(added, 'item was', 'items were')} added to your cart.`
}

function noteMessage(note: AddedNote, money: MoneyFormat): string {
  const name = note.name.length > max.name ? `${note.name.slice(0, max.name - 1)}…` : note.name
  switch (note.kind) {
    case 'sold-out':
      return `${name}: sold out.`
    case 'no-longer-sold':
      return `${name}: no longer available.`
    case 'fewer-left':
      return `${name}: only ${note.left} left.`
    case 'price-changed':
      return `${name}: now ${formatMoney(note.to, money)} instead of ${formatMoney(note.from, money)}.`
    case 'cart-full':
      return `${name}: your cart is full (${maxLines} items).`
  }
}
