import { z } from 'zod'

/**
 * The field kinds of forms. Text arrives already trimmed, in NFC and free of control characters (parseForm does that; a
 * verbatim field is not trimmed), so a schema only sets the length and the message.
 */

const verbatimFields = z.registry()

/** Marks a field whose text must arrive exactly as typed, in NFC but not trimmed: passwords (NIST SP 800-63B). */
export function verbatim<Field extends z.ZodType>(field: Field): Field {
  verbatimFields.add(field)
  return field
}

/** The names of a form's verbatim fields. */
export function verbatimNames(schema: z.ZodType): Set<string> {
  if (schema instanceof z.ZodPipe) return verbatimNames(schema.in as z.ZodType)
  const shape: Record<string, z.ZodType> = schema instanceof z.ZodObject ? schema.shape : {}
  return new Set(Object.keys(shape).filter((name) => verbatimFields.has(shape[name]!)))
}

/** One line of required text; `ask` is the message when it is empty. */
export const text = (max: number, ask: string) =>
  z.string({ error: ask }).min(1, ask).max(max, `Use at most ${max} characters.`)

/** Optional text, one or more lines. */
export const optionalText = (max: number) => z.string().max(max, `Use at most ${max} characters.`).default('')

/** A whole number as typed into a number field. */
export const wholeNumber = (min: number, max: number, ask: string) =>
  z
    .string({ error: ask })
    .regex(/^-?\d{1,10}$/, ask)
    .transform(Number)
    .pipe(z.number().min(min, ask).max(max, ask))

/** The version of a row that the form was loaded with. */
export const version = () => wholeNumber(1, 2_000_000_000, 'Reload the page.')

/** The form that moves a row of an ordered list; 1 is the first position. */
export const positionSchema = z.object({
  position: wholeNumber(1, 100_000, 'Enter a position of 1 or more.'),
})

/** A row's id in a form. */
export const rowId = () =>
  z
    .string({ error: 'Choose one.' })
    .regex(/^[1-9]\d{0,14}$/, 'Choose one.')
    .transform(Number)

/** A row's id in a form, or null when none is selected. */
export const optionalRowId = () =>
  optionalText(15)
    .refine((typed) => typed === '' || /^[1-9]\d{0,14}$/.test(typed), 'Choose one from the list.')
    .transform((typed) => (typed === '' ? null : Number(typed)))

/** An email address, lowercased. Its message says what is wrong with it. */
export const email = () =>
  z
    .string({ error: 'Enter your email address.' })
    .max(254, 'This email address is too long.')
    .superRefine((value, context) => {
      const issue = emailMessage(value)
      if (issue) context.addIssue({ code: 'custom', message: issue })
    })
    .transform((value) => value.toLowerCase())

function emailMessage(value: string): string | null {
  const at = value.lastIndexOf('@')
  if (at === -1) return 'This email address is missing an “@”, as in name@example.com.'
  if (at === 0) return 'This email address is missing the part before the “@”.'
  const domain = value.slice(at + 1)
  if (domain === '') return 'This email address is missing the part after the “@”.'
  if (!domain.includes('.')) return 'This email address is missing its ending, for example “.com”.'
  return z.email().safeParse(value).success ? null : 'Enter a valid email address.'
}

/** A checkbox: "on" or absent. */
export const checkbox = () =>
  z
    .literal('on')
    .optional()
    .transform((value) => value === 'on')
