import { expect, test } from 'vitest'
import { formFields, type FormResponse, submittedOr } from './form-fields.ts'

const values = { title: 'Pot', rows: [{ price: '1.00' }, { price: '2.00' }] }
const constraint = { title: { required: true, maxLength: 20 }, 'rows[].price': { maxLength: 9 } }
const refused: FormResponse = {
  typed: { title: '', rows: [{ price: 'x' }], version: '3' },
  errors: { 'rows[0].price': ['Enter a price.'], title: null },
  problem: null,
}

test('a field has the page’s value, its limits and an id of its form', () => {
  const { field } = formFields({ id: 'product', answer: undefined, values, constraint })
  expect(field('title')).toEqual({
    id: 'product-title',
    name: 'title',
    defaultValue: 'Pot',
    errors: undefined,
    required: true,
    maxLength: 20,
  })
  expect(field('rows[1].price')).toMatchObject({ defaultValue: '2.00', maxLength: 9 })
})

test('after a refusal a field has the submitted value and the error, an emptied field included', () => {
  const { field, list } = formFields({ answer: refused, values, constraint })
  expect(field('title')).toMatchObject({ id: 'title', defaultValue: '', errors: undefined })
  expect(field('rows[0].price')).toMatchObject({ defaultValue: 'x', errors: ['Enter a price.'] })
  expect(field('rows[1].price').defaultValue).toBe('')
  expect(list('rows')).toHaveLength(1)
})

test('a field that was sent several times is a list, as is one that was sent once', () => {
  const sent = (permissions: unknown) => ({ ...refused, typed: { permissions } })
  const listOf = (answer: FormResponse) =>
    formFields<{ permissions: string[] }>({ answer }).list('permissions')
  expect(listOf(sent(['orders', 'staff']))).toEqual(['orders', 'staff'])
  expect(listOf(sent('orders'))).toEqual(['orders'])
  expect(listOf(sent(undefined))).toEqual([])
})

test('a stale version stays stale', () => {
  expect(submittedOr(refused, 'version', 4)).toBe('3')
  expect(submittedOr(undefined, 'version', 4)).toBe(4)
})
