import { expect, test } from 'vitest'
import { z } from 'zod'
import { checkbox, optionalText, text, wholeNumber } from '#app/domain/fields.ts'
import { constraintsOf } from './constraints.server.ts'

test('constraintsOf returns HTML attributes for a schema', () => {
  const schema = z.object({
    title: text(255, 'Enter a title.'),
    note: optionalText(500).transform((typed) => typed.length),
    isShown: checkbox(),
    lines: z.array(z.object({ quantity: wholeNumber(0, 999, 'Enter a number.') })).max(10),
  })
  expect(constraintsOf(schema)).toEqual({
    title: { required: true, maxLength: 255 },
    note: { required: false, maxLength: 500 },
    isShown: { required: false },
    'lines[].quantity': { required: true, min: 0, max: 999 },
  })
})
