import { useLocation } from '@remix-run/react'
import { useRef } from 'react'

/**
 * The rows that the list was opened with, in their order, each as it is now: nothing moves under the pointer while
 * orders come and change. What the list would not hold any more stays as it was last seen. `came` is how many orders
 * there are more than then. Opening the list again starts anew.
 */
export function useStillRows<Row extends { id: number }>(
  rows: Row[],
  countOfAll: number,
): { rows: Row[]; came: number } {
  const { key } = useLocation()
  const still = useRef({ key, rows, countOfAll })
  if (still.current.key !== key || still.current.rows.length === 0) still.current = { key, rows, countOfAll }
  const now = new Map(rows.map((row) => [row.id, row]))
  still.current.rows = still.current.rows.map((row) => now.get(row.id) ?? row)
  return { rows: still.current.rows, came: countOfAll - still.current.countOfAll }
}
