import { expect, test } from 'vitest'
import { createChangeLog } from './changes.ts'

test('a name changed after a position counts as changed, one changed before it does not', () => {
  const log = createChangeLog({ maxNames: 10 })
  log.record(['a'])
  const since = log.position()
  expect(log.hasChanged(['a', 'b'], since)).toBe(false)
  log.record(['b'])
  expect(log.hasChanged(['a'], since)).toBe(false)
  expect(log.hasChanged(['a', 'b'], since)).toBe(true)
  expect(log.hasChanged(['a', 'b'], log.position())).toBe(false)
})

test('everything has changed after recordAll, and a dependency on everything changes with each name', () => {
  const log = createChangeLog({ maxNames: 10 })
  const since = log.position()
  log.recordAll()
  expect(log.hasChanged([], since)).toBe(true)
  expect(log.hasChanged(['a'], log.position())).toBe(false)
  const later = log.position()
  log.record(['a'])
  expect(log.hasChanged([], later)).toBe(false)
  expect(log.hasChanged(null, later)).toBe(true)
})

test('beyond maxNames the oldest names are dropped, and everything made before counts as changed', () => {
  const log = createChangeLog({ maxNames: 100 })
  const since = log.position()
  log.record(['a'])
  const between = log.position()
  for (let index = 0; index < 1_000; index += 1) log.record([`other ${index}`])
  expect(log.hasChanged(['b'], since)).toBe(true)
  expect(log.hasChanged(['b'], between)).toBe(true)
  expect(log.hasChanged(['b'], log.position())).toBe(false)
})
