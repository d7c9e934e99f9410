import { expect, test } from 'vitest'
import { editDistance } from './edit-distance.ts'

test.each([
  ['lamp', 'lamp', 0],
  ['lamp', 'lamps', 1],
  ['lamp', 'lmp', 1],
  ['lamp', 'lump', 1],
  ['lamp', 'lapm', 1],
  ['lamp', 'lime', 2],
  ['lamp', 'chair', 3],
  ['', 'ab', 2],
  ['😀a', 'a', 1],
])('from %s to %s are %i edits', (from, to, edits) => {
  expect(editDistance(from, to, 2)).toBe(edits)
  expect(editDistance(to, from, 2)).toBe(edits)
})
