import { useLocation } from '@remix-run/react'
import { useRef } from 'react'

/**
 * The rows that the list was opened with, in the same order, each with its current data: nothing moves under the
 * pointer while rows arrive and change. Rows that no longer match stay as last seen. `newCount` is how many rows
 * arrived since. Opening the list again resets it.
 */
export function useFrozenRows<Row extends { id: number }>(
  rows: Row[],
  total: number,
): { rows: Row[]; newCount: number } {
  const { key } = useLocation()
  const frozen = useRef({ key, rows, total })
  if (frozen.current.key !== key || frozen.current.rows.length === 0) frozen.current = { key, rows, total }
  const now = new Map(rows.map((row) => [row.id, row]))
  frozen.current.rows = frozen.current.rows.map((row) => now.get(row.id) ?? row)
  return { rows: frozen.current.rows, newCount: total - frozen.current.total }
}
