/* eslint-disable no-control-regex -- control characters are what this file is about */
import { normalizeText } from '#app/domain/clean-text.ts'

const odd = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|[^\u0000-\u024f]/

/**
 * Text as the database may store it: NFC, well-formed, no control characters but tab and newline, trimmed. The row
 * reader has already checked a cell's length.
 */
export function cleanText(cell: string): string {
  const text = cell.trim()
  if (!odd.test(text)) return text
  return normalizeText(text.toWellFormed())
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '')
    .trim()
}
