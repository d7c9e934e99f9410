import { useRef } from 'react'

type WithCart = { cart: { id: number; version: number } | null }

/**
 * The new data, or the previous data when the cart in that is newer: a late response does not bring a removed line
 * back.
 */
export function useLatestVersion<T extends WithCart>(arrived: T): T {
  const newest = useRef(arrived)
  if (!isOlder(arrived.cart, newest.current.cart)) newest.current = arrived
  return newest.current
}

function isOlder(arrived: WithCart['cart'], shown: WithCart['cart']): boolean {
  return arrived !== null && arrived.id === shown?.id && arrived.version < shown.version
}
