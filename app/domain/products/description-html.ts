/** The HTML that a description may hold: one list for the server, which sanitizes, and for the editor in the browser. */

export const allowedTags = [
  ...['p', 'br', 'hr', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'dl', 'dt', 'dd'],
  ...['strong', 'b', 'em', 'i', 'u', 's', 'small', 'sub', 'sup', 'code', 'a', 'span'],
  ...['blockquote', 'pre', 'div', 'figure', 'figcaption'],
  ...['table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
]

export const allowedAttributes: Record<string, string[]> = {
  a: ['href', 'title'],
  th: ['scope', 'colspan', 'rowspan'],
  td: ['colspan', 'rowspan'],
}

/** Tags that are kept under another name. The page has one h1, the product's title. */
export const renamedTags: Record<string, string> = { h1: 'h2' }

export const allowedSchemes = ['http', 'https', 'mailto', 'tel']

/** Tags that tell HTML from plain text, with those that imported descriptions contain and that are not kept. */
export const knownTags = [
  ...allowedTags,
  ...Object.keys(renamedTags),
  ...['section', 'article', 'font', 'center', 'img', 'iframe', 'video', 'script', 'style'],
]

/** Whether a link may have this address: one of the allowed schemes, or relative to the store. */
export function isAllowedAddress(href: string): boolean {
  // Browsers ignore control characters and spaces in a scheme.
  // eslint-disable-next-line no-control-regex -- they are what it looks for
  const address = href.replace(/[\u0000-\u0020]+/g, '')
  if (/^[/\\]{2}/.test(address)) return false
  const scheme = /^([a-z][a-z0-9.+-]*):/i.exec(address)?.[1]
  return scheme === undefined || allowedSchemes.includes(scheme.toLowerCase())
}

/**
 * The address of a link as typed by a person: "maya@example.com" is an email address, "example.com/care" a website, and
 * "/pages" a path of the store. Null when it is none of these.
 */
export function toLinkAddress(typed: string): string | null {
  const text = typed.trim()
  if (text === '' || /\s/.test(text) || !isAllowedAddress(text)) return null
  if (/^[/#?]/.test(text)) return text
  if (/^(mailto|tel):./i.test(text)) return text
  if (/^https?:/i.test(text)) return /^https?:\/\/[^/]/i.test(text) && URL.canParse(text) ? text : null
  if (/^[^@/:]+@[^@/:]+\.[^@/:]+$/.test(text)) return `mailto:${text}`
  return /^[^/:@.]+(\.[^/:@.]+)+([/?#].*)?$/.test(text) && URL.canParse(`https://${text}`)
    ? `https://${text}`
    : null
}
