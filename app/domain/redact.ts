/**
 * Redacts what leaves the process as a log line, an error report or the note of a failed job: query parameters, link
 * tokens, query strings, email addresses.
 */

/** These URLs grant access to the page behind them: a receipt, an email link. */
export const secretPaths = [
  'orders',
  'drafts',
  'signup',
  'reset-password',
  'confirm-email',
  'invitations',
  'stock-alerts',
  'unsubscribe',
  'cart/restore',
  'order-reviews',
]

/** The value without its secrets, as plain objects. Anything but text, numbers, lists and plain objects is dropped. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value !== 'object' || value === null) return typeof value === 'function' ? '[function]' : value
  if (value instanceof Date) return value
  if (depth > maxDepth) return '[nested too deep]'
  if (value instanceof Error) return redactError(value, depth)
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1))
  if (!isPlain(value)) return `[${value.constructor?.name ?? 'object'}]`
  const entries = Object.entries(value).map(([key, item]): [string, unknown] => [
    key,
    secretKeys.test(key) ? '[redacted]' : redact(item, depth + 1),
  ])
  return Object.fromEntries(entries)
}

/** Deep enough for the stack frames in a report to Sentry. */
const maxDepth = 10

const secretKeys =
  /^(authorization|cookies?|set-cookie|referr?er|password|current|secret|token|csrf|email|params|parameters)$/i

/** The text without link tokens, query strings, email addresses, passwords in URLs, and query parameters. */
export function redactText(text: string): string {
  return (text.length > longestText ? `${text.slice(0, longestText)}…` : text)
    .replace(/(Failed query:[^]*?)\r?\nparams: [^]*/, '$1')
    .replace(encodedPlainCharacter, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    .replace(secretPath, (path, lead: string, segment: string) =>
      /^(\d+|new)(\.data)?$/.test(segment)
        ? path
        : `${lead}[token]${segment.endsWith('.data') ? '.data' : ''}`,
    )
    .replace(/\?[\w%.~+[\]-]+=[^\s"'<>)]*/g, '?[query]')
    .replace(/:\/\/[^\s/@"']{1,200}@/g, '://[credentials]@')
    .replace(/[^\s<>"'@/:=(),;]{1,64}@[\w-]+(\.[\w-]+)*\.[a-z]{2,}/gi, '[email]')
    .replace(/(?<![\w-])[\w-]{43}(?![\w-])/g, '[token]')
}

/** Enough to understand an error, and short enough to scan quickly. */
const longestText = 4_000

/** Letters, digits, "-", "." and "_" may be percent-encoded in a path without changing it (RFC 3986, 2.3). */
const encodedPlainCharacter = /%(2[de]|3\d|4[1-9a-f]|5[\daf]|6[1-9a-f]|7[\da])/gi

/** Case-insensitive, like route matching. A number is not a secret: /admin/orders/12. */
const secretPath = new RegExp(`((?:^|/)(?:${secretPaths.join('|')})/+)([^/?#\\s"'<>\\\\]+)`, 'gi')

/** Fields that help to find an error; of PostgreSQL's fields, none that can hold a value. */
const loggedErrorFields = [
  'code',
  'severity',
  'constraint_name',
  'table_name',
  'routine',
  'syscall',
  'status',
]

function redactError(error: Error, depth: number): Record<string, unknown> {
  const facts = error as Error & Record<string, unknown>
  const fields = loggedErrorFields.filter((key) => ['string', 'number'].includes(typeof facts[key]))
  const causes = error instanceof AggregateError ? { errors: error.errors.slice(0, 5) } : {}
  return {
    type: error.name,
    message: messageOf(facts),
    stack: framesOf(error),
    ...Object.fromEntries(fields.map((key) => [key, facts[key]])),
    ...(error.cause === undefined ? {} : { cause: redact(error.cause, depth + 1) }),
    ...(redact(causes, depth + 1) as object),
  }
}

/** PostgreSQL quotes the value in data errors (class 22); the rest of a query error is the query's text. */
function messageOf({ message, code }: { message: string; code?: unknown }): string {
  const isAboutData = typeof code === 'string' && /^22.{3}$/.test(code)
  return redactText(isAboutData ? message.replace(/"[^]*"/, '"…"') : message)
}

/**
 * The stack frames, without the message that a stack begins with. If the message was changed since, only the trailing
 * lines that can be nothing but frames.
 */
function framesOf({ stack, name, message }: Error): string {
  const head = `${name}: ${message}`
  if (stack?.startsWith(`${head}\n`)) return stack.slice(head.length + 1)
  const lines = (stack ?? '').split('\n')
  const first = lines.findLastIndex((line) => !frame.test(line))
  return lines.slice(first + 1).join('\n')
}

const frame = /^ {4}at .*(:\d+:\d+\)?|<anonymous>\)?|native\)?|\(index \d+\))$/

function isPlain(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}
