import { expect, test } from 'vitest'
import { groupEntries, type LogRow } from './activity.ts'
import { formatValue } from './format-value.ts'

const at = new Date('2026-11-23T09:00:00Z')
let ids = 0

const row = (changes: Partial<LogRow>): LogRow => ({
  id: ++ids,
  at,
  actorId: 1,
  actorName: 'Olga',
  tableName: 'products',
  rowKey: '1',
  label: 'Pot',
  action: 'update',
  changes: {},
  ...changes,
})

const fold = (...rows: LogRow[]) => groupEntries(rows.toReversed())

test('changes of one user in one transaction form one entry, newest first', () => {
  const later = new Date(at.getTime() + 1)
  const entries = fold(
    row({ changes: { title: ['Pot', 'Jar'] }, label: 'Jar' }),
    row({ tableName: 'variants', changes: { price: [100, 200] } }),
    row({ actorId: 2, actorName: 'Ben', changes: { title: ['Jar', 'Jug'] } }),
    row({ at: later, changes: { title: ['Jug', 'Mug'] } }),
  )
  expect(entries.map(({ actorName, changedRows }) => [actorName, changedRows.length])).toEqual([
    ['Olga', 1],
    ['Ben', 1],
    ['Olga', 2],
  ])
})

test('a row that was written twice is one change, from its first state to its last', () => {
  const [entry] = fold(
    row({ changes: { option_values: [['S'], ['\u001f1']], stock: [1, 2] } }),
    row({ changes: { option_values: [['\u001f1'], ['M']] }, label: 'M' }),
  )
  expect(entry!.changedRows).toMatchObject([
    { label: 'M', action: 'update', changes: { option_values: [['S'], ['M']], stock: [1, 2] } },
  ])
})

test('changes without effect are left out, and so are entries that contain nothing else', () => {
  expect(fold(row({ changes: { stock: [1, 2] } }), row({ changes: { stock: [2, 1] } }))).toEqual([])
})

test('a row that was added and changed counts as added; one that was changed and deleted counts as deleted', () => {
  const [added] = fold(
    row({ action: 'insert', changes: { title: [null, 'Pot'] } }),
    row({ changes: { title: ['Pot', 'Jar'] } }),
  )
  expect(added!.changedRows).toMatchObject([{ action: 'insert', changes: { title: [null, 'Jar'] } }])
  const [deleted] = fold(
    row({ changes: { title: ['Pot', 'Jar'] } }),
    row({ action: 'delete', changes: { title: ['Jar', null] } }),
  )
  expect(deleted!.changedRows).toMatchObject([{ action: 'delete', changes: { title: ['Jar', null] } }])
})

test('values are formatted for display', () => {
  expect(formatValue({ table: 'variants', column: 'price' }, 1250)).toEqual({ kind: 'money', amount: 1250 })
  expect(formatValue({ table: 'variants', column: 'stock' }, 3)).toEqual({ kind: 'number', number: 3 })
  expect(formatValue({ table: 'variants', column: 'taxable' }, false)).toEqual({ kind: 'flag', on: false })
  expect(
    formatValue({ table: 'variants', column: 'disabled_at' }, '2026-11-23T09:00:00+00:00'),
  ).toMatchObject({
    kind: 'date',
  })
  expect(formatValue({ table: 'users', column: 'permissions' }, ['orders', 'catalog'])).toEqual({
    kind: 'text',
    text: 'Orders, Catalog',
  })
  expect(formatValue({ table: 'users', column: 'role' }, 'admin')).toEqual({ kind: 'text', text: 'Admin' })
  for (const empty of [null, undefined, '', []])
    expect(formatValue({ table: 'variants', column: 'sku' }, empty)).toEqual({ kind: 'nothing' })
})
