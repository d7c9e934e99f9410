import { expect, test } from 'vitest'
import type { FieldValue } from '#app/domain/field-value.ts'
import type { ChangedRow } from './activity.ts'
import { describeChange } from './sentences.ts'

const say = (row: Partial<ChangedRow>) =>
  describeChange({ table: 'variants', key: '1', label: 'Pot', action: 'update', changes: {}, ...row })
    .parts.map((part) => (typeof part === 'string' ? part : 'name' in part ? part.name : shown(part.value)))
    .join('')

function shown(value: FieldValue): string {
  if (value.kind === 'money') return `$${(value.amount / 100).toFixed(2)}`
  if (value.kind === 'number') return String(value.number)
  return 'text' in value ? value.text : value.kind
}

test('one change is a sentence with the old and the new value', () => {
  expect(say({ label: 'Ash Canvas Tote', changes: { price: [4800, 5200] } })).toBe(
    'changed the price of Ash Canvas Tote from $48.00 to $52.00',
  )
  expect(say({ changes: { sku: [null, 'P-1'] } })).toBe('set the SKU of Pot to P-1')
  expect(say({ changes: { barcode: ['123', ''] } })).toBe('removed the barcode of Pot (123)')
  expect(say({ changes: { taxable: [true, false] } })).toBe('turned off “Taxable” for Pot')
  expect(say({ table: 'users', label: 'Ben', changes: { role: ['staff', 'admin'] } })).toBe(
    'changed the role of Ben from Staff to Admin',
  )
  expect(say({ table: 'settings', label: 'Hill', changes: { shop_name: ['Hill', 'Dale'] } })).toBe(
    'changed the store name from Hill to Dale',
  )
  expect(say({ table: 'tax_rates', label: 'DE', changes: { rate: [19_000, 7_500] } })).toBe(
    'changed the rate of the tax rate for DE from 19% to 7.5%',
  )
  expect(say({ table: 'shipping_methods', label: 'Post', changes: { rate: [490, 590] } })).toBe(
    'changed the rate of the shipping method Post from $4.90 to $5.90',
  )
})

test('common changes have a verb of their own', () => {
  const order = { table: 'orders', label: '#1001' }
  expect(say({ ...order, changes: { canceled_at: [null, '2026-11-23T09:00:00Z'] } })).toBe(
    'canceled order #1001',
  )
  expect(say({ ...order, changes: { payment_state: ['pending', 'paid'] } })).toBe(
    'marked order #1001 as paid',
  )
  expect(
    say({ table: 'users', label: 'Ben', changes: { disabled_at: ['2026-11-23T09:00:00Z', null] } }),
  ).toBe('unsuspended Ben')
  expect(say({ table: 'imports', label: 'lamps.csv', action: 'insert' })).toBe('uploaded lamps.csv')
  expect(say({ table: 'products', action: 'delete' })).toBe('deleted the product Pot')
})

test('several changes, and long texts, are named; their values are in the table below', () => {
  const several = describeChange({
    ...{ table: 'products', key: '1', label: 'Pot', action: 'update' as const },
    changes: { title: ['Jar', 'Pot'], vendor: ['', 'Hill'], tags: [[], ['a']] },
  })
  expect(several.parts.map((part) => (typeof part === 'string' ? part : '·')).join('')).toBe(
    'changed the title, the vendor and the tags of ·',
  )
  expect(several.isComplete).toBe(false)
  expect(say({ table: 'products', changes: { description: ['a', 'b'.repeat(100)] } })).toBe(
    'changed the description of Pot',
  )
})
