import { expect, test } from 'vitest'
import { functionsMigration, listChangedFunctionFiles } from './functions.ts'

test('migrations contain the current functions and triggers of db/functions', () => {
  expect(listChangedFunctionFiles().map(({ name }) => name)).toEqual([])
})

test('a migration names the source file of each part', () => {
  expect(functionsMigration([{ name: 'a.sql', sql: 'SELECT 1;\n' }])).toBe(
    '-- db/functions/a.sql\nSELECT 1;\n',
  )
})
