import { expect, test } from 'vitest'
import { isAllowedAddress, knownTags, toLinkAddress } from './description-html.ts'
import { toDescriptionHtml } from './description.ts'
import { sanitizeDescription } from './sanitize.server.ts'

test.each([
  'http:',
  'https://example.com',
  'MAILTO:a@b.c',
  'tel:1',
  '/products/mug',
  '#care',
  'care',
  '?a=b:c',
  'a/b:c',
])('a link may have the address %j, in the editor and on the server', (href) => {
  expect(isAllowedAddress(href)).toBe(true)
  expect(sanitizeDescription(`<a href="${href}">x</a>`)).toBe(`<a href="${href}">x</a>`)
})

test.each([
  'javascript:alert(1)',
  ' java\nscript:alert(1)',
  'data:text/html,x',
  '//example.com',
  '/\\example.com',
  'ftp://a.b',
])('a link may not have the address %j, in the editor and on the server', (href) => {
  expect(isAllowedAddress(href)).toBe(false)
  expect(sanitizeDescription(`<a href="${href}">x</a>`)).toBe('<a>x</a>')
})

test('tables of imported descriptions are kept', () => {
  const html = '<table><caption>Sizes</caption><tbody><tr><th>S</th><td>36</td></tr></tbody></table>'
  expect(sanitizeDescription(html)).toBe(html)
  for (const [, tag] of html.matchAll(/<(\w+)/g)) expect(knownTags).toContain(tag)
})

test.each([
  [' https://example.com/care ', 'https://example.com/care'],
  ['www.example.com', 'https://www.example.com'],
  ['example.com/care?x=1', 'https://example.com/care?x=1'],
  ['maya@example.com', 'mailto:maya@example.com'],
  ['mailto:maya@example.com?subject=Mug', 'mailto:maya@example.com?subject=Mug'],
  ['/products/mug', '/products/mug'],
  ['#care', '#care'],
])('a link typed as %j goes to %j', (typed, address) => {
  expect(toLinkAddress(typed)).toBe(address)
})

test.each([
  '',
  'mug',
  'https://',
  'https:example',
  'javascript:alert(1)',
  '//example.com',
  'a b.com',
  'mailto:',
])('a link typed as %j is refused', (typed) => {
  expect(toLinkAddress(typed)).toBeNull()
})

test('text with a tag counts as HTML, whether the server keeps the tag or not', () => {
  for (const tag of knownTags) expect(toDescriptionHtml(`a <${tag}>b`)).toBe(`a <${tag}>b`)
})
