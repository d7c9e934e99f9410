import { expect, test } from 'vitest'
import { z } from 'zod'
import { formResponse } from './form-response.server.ts'
import { parseFields } from './parse-form.ts'

const schema = z.object({
  name: z.string().max(5),
  rows: z.array(z.object({ price: z.string() })).default([]),
})

const submit = (fields: Record<string, string>) => parseFields(Object.entries(fields), schema)
const statusOf = (...args: Parameters<typeof formResponse>) => formResponse(...args).init?.status

test('a form with invalid fields is 422, also when only the domain finds them', () => {
  expect(statusOf(submit({ name: 'too long' }))).toBe(422)
  expect(statusOf(submit({ name: 'Ada' }), { errors: { name: ['Taken.'] } })).toBe(422)
})

test('a valid form that the command refuses is 409', () => {
  expect(statusOf(submit({ name: 'Ada' }), { problem: 'Someone else changed this.' })).toBe(409)
})

test('a failed sign-in is 401', () => {
  expect(statusOf(submit({ name: 'Ada' }), { problem: 'Incorrect.', status: 401 })).toBe(401)
})

test('the answer has nested submitted values, and the form’s own error as its problem', () => {
  const { data } = formResponse(submit({ name: 'too long', 'rows[0].price': '1' }))
  expect(data.typed).toEqual({ name: 'too long', rows: [{ price: '1' }] })
  expect(Object.keys(data.errors)).toEqual(['name'])
  const strict = parseFields(
    [],
    z.object({}).refine(() => false, 'Choose at least one.'),
  )
  expect(formResponse(strict).data).toMatchObject({ errors: {}, problem: 'Choose at least one.' })
})
