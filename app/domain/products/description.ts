/** A product's description: stored as HTML, typed as plain text wherever the text has only paragraphs. */

import { knownTags } from './description-html.ts'

/** A tag of HTML. "a < b" and "<3" contain none. */
const tag = new RegExp(`</?(${knownTags.join('|')})(\\s[^<>]*)?/?>`, 'i')

/** HTML as typed, or the HTML of plain text: an empty line starts a paragraph, a line end is kept. */
export function toDescriptionHtml(typed: string): string {
  if (tag.test(typed)) return typed
  return typed
    .split(/\n[^\S\n]*\n\s*/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => `<p>${escape(paragraph.trim()).replaceAll('\n', '<br />')}</p>`)
    .join('')
}

/** What the editor shows: plain text where it stands for the same HTML, otherwise the HTML. */
export function toEditableDescription(html: string): string {
  if (!html.includes('<')) return unescape(html)
  const text = html
    .split('</p>')
    .map((part) => unescape(part.replace('<p>', '').replaceAll('<br />', '\n')).trim())
    .join('\n\n')
    .trim()
  return toDescriptionHtml(text) === html.replace(/<\/p>\s+<p>/g, '</p><p>').trim() ? text : html
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function unescape(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
}
