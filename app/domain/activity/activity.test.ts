import { expect, test } from 'vitest'
import { foldEntries, type LogRow } from './activity.ts'
import { valueOf } from './activity-words.ts'

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

const fold = (...rows: LogRow[]) => foldEntries(rows.toReversed())

test('what one person did in one transaction is one entry, newest first', () => {
  const later = new Date(at.getTime() + 1)
  const entries = fold(
    row({ changes: { title: ['Pot', 'Jar'] }, label: 'Jar' }),
    row({ tableName: 'variants', changes: { price: [100, 200] } }),
    row({ actorId: 2, actorName: 'Ben', changes: { title: ['Jar', 'Jug'] } }),
    row({ at: later, changes: { title: ['Jug', 'Mug'] } }),
  )
  expect(entries.map(({ actorName, things }) => [actorName, things.length])).toEqual([
    ['Olga', 1],
    ['Ben', 1],
    ['Olga', 2],
  ])
})

test('a row that was written twice is one thing, from what it was to what it is', () => {
  const [entry] = fold(
    row({ changes: { option_values: [['S'], ['\u001f1']], stock: [1, 2] } }),
    row({ changes: { option_values: [['\u001f1'], ['M']] }, label: 'M' }),
  )
  expect(entry!.things).toMatchObject([
    { label: 'M', action: 'update', changes: { option_values: [['S'], ['M']], stock: [1, 2] } },
  ])
})

test('what came to nothing is left out, and so is an entry of nothing else', () => {
  expect(fold(row({ changes: { stock: [1, 2] } }), row({ changes: { stock: [2, 1] } }))).toEqual([])
})

test('a row that was added and changed was added as it is now; one that was changed and deleted is deleted', () => {
  const [added] = fold(
    row({ action: 'insert', changes: { title: [null, 'Pot'] } }),
    row({ changes: { title: ['Pot', 'Jar'] } }),
  )
  expect(added!.things).toMatchObject([{ action: 'insert', changes: { title: [null, 'Jar'] } }])
  const [deleted] = fold(
    row({ changes: { title: ['Pot', 'Jar'] } }),
    row({ action: 'delete', changes: { title: ['Jar', null] } }),
  )
  expect(deleted!.things).toMatchObject([{ action: 'delete', changes: { title: ['Jar', null] } }])
})

test('values are read as people read them', () => {
  expect(valueOf({ table: 'variants', column: 'price' }, 1250)).toEqual({ kind: 'money', amount: 1250 })
  expect(valueOf({ table: 'variants', column: 'stock' }, 3)).toEqual({ kind: 'number', number: 3 })
  expect(valueOf({ table: 'variants', column: 'taxable' }, false)).toEqual({ kind: 'flag', on: false })
  expect(valueOf({ table: 'variants', column: 'disabled_at' }, '2026-11-23T09:00:00+00:00')).toMatchObject({
    kind: 'date',
  })
  expect(valueOf({ table: 'users', column: 'areas' }, ['orders', 'catalogue'])).toEqual({
    kind: 'text',
    text: 'Orders, Catalogue',
  })
  expect(valueOf({ table: 'users', column: 'role' }, 'admin')).toEqual({ kind: 'text', text: 'Admin' })
  for (const empty of [null, undefined, '', []])
    expect(valueOf({ table: 'variants', column: 'sku' }, empty)).toEqual({ kind: 'nothing' })
})
