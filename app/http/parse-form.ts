import { parseWithZod, type Submission } from '@conform-to/zod/v4'
import type { z } from 'zod'
import { verbatimNames } from '#app/domain/fields.ts'
import { hasValidCsrfToken } from './session.server.ts'

/** What a form may look like at most; beyond it somebody is playing, and no schema gets to see it. */
const limits = { fields: 500, nameLength: 200, depth: 8, index: 500 }

const unclean = 'This contains characters that cannot be stored. Please type it again.'

/**
 * Reads a form of the request's body and checks it with the schema. Text arrives trimmed, in NFC, with \n
 * line ends; fields that the schema marks as verbatim arrive as typed. Use it as `if (submission.status !== 'success') return badForm(submission)`.
 *
 * Throws a 400 Response for a body that is no form or is out of bounds, and a 403 Response when the form's
 * token is not that of the session.
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
  const { cleaned, uncleanNames } = cleanForm(form, verbatimNames(schema))
  const submission = parseWithZod(cleaned, { schema })
  if (uncleanNames.length === 0) return submission
  const fieldErrors = Object.fromEntries(uncleanNames.map((name) => [name, [unclean]]))
  return {
    status: 'error',
    payload: submission.payload,
    error: fieldErrors,
    reply: (options) => submission.reply({ ...options, fieldErrors }),
  }
}

async function readForm(request: Request): Promise<FormData> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(type)) throw badRequest()
  try {
    return await request.formData()
  } catch {
    throw badRequest()
  }
}

/** The same fields with tidy text, those in `asTyped` only in NFC; throws a 400 Response for a form that is out of bounds. */
export function cleanForm(
  form: FormData,
  asTyped: Set<string> = new Set(),
): { cleaned: FormData; uncleanNames: string[] } {
  const cleaned = new FormData()
  const uncleanNames: string[] = []
  let fields = 0
  for (const [name, value] of form) {
    fields += 1
    if (fields > limits.fields || !isFairName(name)) throw badRequest()
    if (name === 'csrf' || typeof value !== 'string') continue
    const text = asTyped.has(name) ? value.normalize('NFC') : cleanText(value)
    if (!isCleanText(text)) uncleanNames.push(name)
    cleaned.append(name, text)
  }
  return { cleaned, uncleanNames }
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

/** Trimmed, NFC, \n line ends. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').normalize('NFC').trim()
}

/** No NUL, no control characters but newline and tab, no halves of characters, nothing that got lost in decoding. */
export function isCleanText(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- control characters are what it looks for
  return text.isWellFormed() && !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffd]/.test(text)
}

function badRequest(): Response {
  return new Response('Bad request', { status: 400 })
}
