import { parseWithZod, type Submission } from '@conform-to/zod/v4'
import type { z } from 'zod'
import { normalizeText } from '#app/domain/clean-text.ts'
import { verbatimNames } from '#app/domain/fields.ts'
import { isKnownField } from './known-fields.ts'
import { hasValidCsrfToken } from '#app/http/session/session.server.ts'

/**
 * The bounds of a form; beyond them it is rejected before validation. A text has room for the longest field, a
 * description of 60,000 characters; a longer one is refused with a message.
 */
const limits = { fields: 500, nameLength: 200, depth: 8, index: 500, textLength: 65_536 }

/** Never sent back, not even to the sender. */
const secretNames = ['password', 'current', 'code']

const unclean = 'This contains characters that can’t be saved. Please type it again.'
const tooLong = 'This text is too long. Please shorten it.'

/**
 * Parses the form in the request's body and validates it with the schema. Text is trimmed, in NFC, with \n line ends;
 * fields that the schema marks as verbatim arrive as typed. Usage: `if (submission.status !== 'success') return
 * formResponse(submission)`. Its payload and its reply hold strings of the schema's fields, and no secrets.
 *
 * Throws a 400 Response for a body that is no form or is out of bounds, and a 403 Response when the form's CSRF token
 * does not belong to the session.
 */
export async function parseForm<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<Submission<z.output<Schema>>> {
  return parseFormData(request, await readForm(request), schema)
}

/** Like parseForm, for a body that was read already (uploads). */
export async function parseFormData<Schema extends z.ZodType>(
  request: Request,
  form: FormData,
  schema: Schema,
): Promise<Submission<z.output<Schema>>> {
  if (!(await hasValidCsrfToken(request, form.get('csrf')))) throw new Response('Forbidden', { status: 403 })
  return parseFields(form, schema)
}

/** Like parseForm, for fields that change nothing and need no token, such as those of a query. */
export function parseFields<Schema extends z.ZodType>(
  fields: Iterable<[string, FormDataEntryValue]>,
  schema: Schema,
): Submission<z.output<Schema>> {
  const { cleaned, problems } = cleanFields(fields, schema)
  const submission = parseWithZod(cleaned, { schema })
  // The reply is made of the same object.
  for (const name of secretNames) delete submission.payload[name]
  if (Object.keys(problems).length === 0) return submission
  return {
    status: 'error',
    payload: submission.payload,
    error: problems,
    reply: (options) => submission.reply({ ...options, fieldErrors: problems }),
  }
}

/** The body as a form; a 400 Response for a body that is none. */
export async function readForm(request: Request): Promise<FormData> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) throw badRequest()
  try {
    return await request.formData()
  } catch {
    throw badRequest()
  }
}

/**
 * The schema's fields with normalized text, and errors for those that cannot be saved. What is sent back of those can be
 * used in a query.
 */
function cleanFields(fields: Iterable<[string, FormDataEntryValue]>, schema: z.ZodType) {
  const asTyped = verbatimNames(schema)
  const cleaned = new FormData()
  const problems: Record<string, string[]> = {}
  let count = 0
  for (const [name, value] of fields) {
    count += 1
    if (count > limits.fields || !isFairName(name)) throw badRequest()
    if (typeof value !== 'string' || !isKnownField(schema, name)) continue
    const text = asTyped.has(name) ? normalizeVerbatim(value) : cleanText(value)
    if (text === null) problems[name] = [tooLong]
    else if (!isCleanText(text)) problems[name] = [unclean]
    cleaned.append(name, problems[name] ? withoutUnclean(text ?? value) : text!)
  }
  return { cleaned, problems }
}

function isFairName(name: string): boolean {
  if (name.length > limits.nameLength) return false
  const segments = name.split(/[.[\]]+/).filter(Boolean)
  return (
    segments.length <= limits.depth &&
    segments.every(
      (segment) =>
        !['__proto__', 'constructor', 'prototype'].includes(segment) &&
        (!/^\d+$/.test(segment) || Number(segment) <= limits.index),
    )
  )
}

/** Trimmed, NFC, \n line ends; null for a text that is too long for any field. */
export function cleanText(text: string): string | null {
  const lines = text.replace(/\r\n?/g, '\n')
  return lines.length > limits.textLength ? null : normalizeText(lines).trim()
}

/** As typed, in NFC; null for a text that is too long for any field. */
function normalizeVerbatim(text: string): string | null {
  return text.length > limits.textLength ? null : normalizeText(text)
}

/** No NUL, no control characters except newline and tab, no lone surrogates, no replacement characters. */
export function isCleanText(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  return text.isWellFormed() && !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffd]/.test(text)
}

function withoutUnclean(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what it removes
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffd]/g, '')
}

function badRequest(): Response {
  return new Response('Bad request', { status: 400 })
}
