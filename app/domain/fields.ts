import { z } from 'zod'

/**
 * The field kinds that forms are made of. Text arrives here already trimmed, in NFC and free of control
 * characters (parseForm sees to that; a field that is marked verbatim is not trimmed), so a schema only says how long it may be and how to ask for it.
 */

const verbatimFields = z.registry()

/** Marks a field whose text has to arrive exactly as typed, in NFC but not trimmed: passwords (NIST SP 800-63B). */
export function verbatim<Field extends z.ZodType>(field: Field): Field {
  verbatimFields.add(field)
  return field
}

/** The names of the fields of a form that are marked so. */
export function verbatimNames(schema: z.ZodType): Set<string> {
  if (schema instanceof z.ZodPipe) return verbatimNames(schema.in as z.ZodType)
  const shape: Record<string, z.ZodType> = schema instanceof z.ZodObject ? schema.shape : {}
  return new Set(Object.keys(shape).filter((name) => verbatimFields.has(shape[name]!)))
}

/** One line of text that must be filled in; `ask` is the sentence shown when it is not. */
export const text = (max: number, ask: string) =>
  z.string({ error: ask }).min(1, ask).max(max, `Use at most ${max} characters.`)

/** One line or more that may be left empty. */
export const optionalText = (max: number) => z.string().max(max, `Use at most ${max} characters.`).default('')

/** A whole number as people type it into a number field. */
export const wholeNumber = (min: number, max: number, ask: string) =>
  z
    .string({ error: ask })
    .regex(/^-?\d{1,10}$/, ask)
    .transform(Number)
    .pipe(z.number().min(min, ask).max(max, ask))

/** A row's id in a form. */
export const rowId = () =>
  z
    .string({ error: 'Choose one.' })
    .regex(/^[1-9]\d{0,14}$/, 'Choose one.')
    .transform(Number)

/** A row's id in a form, or null when none is chosen. */
export const optionalRowId = () =>
  optionalText(15)
    .refine((typed) => typed === '' || /^[1-9]\d{0,14}$/.test(typed), 'Choose one of the list.')
    .transform((typed) => (typed === '' ? null : Number(typed)))

/** An e-mail address, lower-cased. The words say what is wrong with it. */
export const email = () =>
  z
    .string({ error: 'Enter your e-mail address.' })
    .max(254, 'This e-mail address is too long.')
    .superRefine((value, context) => {
      const problem = emailProblem(value)
      if (problem) context.addIssue({ code: 'custom', message: problem })
    })
    .transform((value) => value.toLowerCase())

function emailProblem(value: string): string | null {
  const at = value.lastIndexOf('@')
  if (at === -1) return 'This e-mail address is missing an “@”, as in name@example.com.'
  if (at === 0) return 'This e-mail address is missing the part before the “@”.'
  const domain = value.slice(at + 1)
  if (domain === '') return 'This e-mail address is missing the part after the “@”.'
  if (!domain.includes('.')) return 'This e-mail address is missing its ending, such as “.com”.'
  return z.email().safeParse(value).success ? null : 'This e-mail address does not look right.'
}

/** A checkbox: "on" or absent. */
export const checkbox = () =>
  z
    .literal('on')
    .optional()
    .transform((value) => value === 'on')
