import { useRef } from 'react'

type WithCart = { cart: { id: number; version: number } | null }

/**
 * The data as it arrived, or the data before, when the cart in that is newer: an answer that another has overtaken
 * on the way does not bring a removed line back.
 */
export function useNewest<T extends WithCart>(arrived: T): T {
  const newest = useRef(arrived)
  if (!isOvertaken(arrived.cart, newest.current.cart)) newest.current = arrived
  return newest.current
}

function isOvertaken(arrived: WithCart['cart'], shown: WithCart['cart']): boolean {
  return arrived !== null && arrived.id === shown?.id && arrived.version < shown.version
}
