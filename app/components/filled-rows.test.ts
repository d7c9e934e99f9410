import { expect, test } from 'vitest'
import { filledRows, rowSizes } from './filled-rows.ts'

test('rowSizes fills every row: at most so many items, no row shorter than another by more than one', () => {
  for (let columns = 1; columns <= 4; columns += 1)
    for (let count = 1; count <= 24; count += 1) {
      const sizes = rowSizes(count, columns)
      expect(sizes.reduce((sum, size) => sum + size)).toBe(count)
      expect(Math.max(...sizes)).toBeLessThanOrEqual(columns)
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1)
    }
  expect(rowSizes(5, 4)).toEqual([2, 3])
  expect(rowSizes(7, 3)).toEqual([2, 2, 3])
})

test('filledRows tells each item the number of items in its row', () => {
  const rows = filledRows(5, { narrow: 2, medium: 3, wide: 4 })
  expect(rows.map((row) => row['data-narrow'])).toEqual([1, 2, 2, 2, 2])
  expect(rows.map((row) => row['data-wide'])).toEqual([2, 2, 3, 3, 3])
})
