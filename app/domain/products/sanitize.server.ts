import sanitizeHtml from 'sanitize-html'

const allowed: sanitizeHtml.IOptions = {
  allowedTags: [
    ...[
      'p',
      'br',
      'hr',
      'h2',
      'h3',
      'h4',
      'h5',
      'h6',
      'strong',
      'b',
      'em',
      'i',
      'u',
      's',
      'small',
      'sub',
      'sup',
    ],
    ...[
      'ul',
      'ol',
      'li',
      'dl',
      'dt',
      'dd',
      'blockquote',
      'code',
      'pre',
      'a',
      'span',
      'div',
      'figure',
      'figcaption',
    ],
    ...['table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'th', 'td'],
  ],
  allowedAttributes: {
    a: ['href', 'title'],
    th: ['scope', 'colspan', 'rowspan'],
    td: ['colspan', 'rowspan'],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowProtocolRelative: false,
  // The page has one h1, the product's title.
  transformTags: { h1: 'h2' },
}

/**
 * Sanitizes HTML written or imported by a merchant: keeps text and structure, removes scripts, styles, images and
 * embeds (pages load nothing from another host). Run on every write; stored HTML is rendered as it is.
 */
export function sanitizeDescription(html: string): string {
  return sanitizeHtml(html, allowed).trim()
}
