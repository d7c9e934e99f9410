import sanitizeHtml from 'sanitize-html'
import { allowedAttributes, allowedSchemes, allowedTags, renamedTags } from './description-html.ts'

const allowed: sanitizeHtml.IOptions = {
  allowedTags,
  allowedAttributes,
  allowedSchemes,
  allowProtocolRelative: false,
  transformTags: renamedTags,
}

/**
 * Sanitizes HTML written or imported by a merchant: keeps text and structure, removes scripts, styles, images and
 * embeds (pages load nothing from another host). Run on every write; stored HTML is rendered as it is.
 */
export function sanitizeDescription(html: string): string {
  return sanitizeHtml(html, allowed).trim()
}
