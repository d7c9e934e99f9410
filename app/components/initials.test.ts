import { expect, test } from 'vitest'
import { initials } from './initials.ts'

test.each([
  ['Linen Apron', 'LA'],
  ['apron', 'A'],
  ['The Hill & Co Apron', 'TH'],
  ['“Salt” & Pepper', 'SP'],
  ['éclair n° 4', 'ÉN'],
  ['急須 とこなめ', '急と'],
  ['👜', ''],
  ['', ''],
])('the initials of %s are %s', (name, expected) => {
  expect(initials(name)).toBe(expected)
})

test('a letter keeps the accent that is a character of its own', () => {
  expect(initials('e\u0301tui')).toBe('E\u0301')
})
