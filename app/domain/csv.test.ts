import { expect, test } from 'vitest'
import { csvLine } from './csv.ts'

test('a text that a spreadsheet would run as a formula is marked; an amount stays a number', () => {
  expect(csvLine(['=1+1', '+1', '-1', '@a', { amount: '-4.90' }, 'a"b'])).toBe(
    `"'=1+1","'+1","'-1","'@a","-4.90","a""b"\r\n`,
  )
})
