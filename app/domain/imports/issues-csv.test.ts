import { expect, test } from 'vitest'
import { issuesToCsv } from './issues-csv.ts'

test('quotation marks are doubled, and a cell that looks like a formula is marked as text', () => {
  const issue = {
    severity: 'error' as const,
    line: 7,
    column: 'Variant Price',
    message: '“x” is not a price.',
  }
  const csv = issuesToCsv([
    { ...issue, value: '=HYPERLINK("http://x")', handle: 'mug' },
    { ...issue, value: '-5', handle: '@cup' },
  ])
  expect(csv.split('\r\n')).toEqual([
    '\ufeff"Line","Column","Value","Reason","Product"',
    `"7","Variant Price","'=HYPERLINK(""http://x"")","“x” is not a price.","mug"`,
    `"7","Variant Price","'-5","“x” is not a price.","'@cup"`,
    '',
  ])
})
