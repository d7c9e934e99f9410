import { expect, test } from 'vitest'
import { parseXml } from '#tests/support/parse-xml.ts'
import { escapeXml, xmlElement } from './xml.ts'

test('any text becomes valid XML that reads as the same text', () => {
  const text = `<b> & "quotes" 'and' ]]> é 商 😀\ttab`
  expect(parseXml(`<?xml version="1.0" encoding="UTF-8"?>\n${xmlElement('a', text)}`).text).toBe(text)
})

test('characters that XML cannot hold are removed', () => {
  expect(escapeXml('a\u0000b\u0008c\u000bd\u001fe\ufffef\uffffg')).toBe('abcdefg')
  expect(escapeXml('a\ud800b')).toBe('a\ufffdb')
})
