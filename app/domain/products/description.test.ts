import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toDescriptionHtml, toEditableDescription } from './description.ts'
import { sanitizeDescription } from './sanitize.server.ts'

const store = (typed: string) => sanitizeDescription(toDescriptionHtml(typed))

test('plain text becomes paragraphs: an empty line starts one, a line end is kept', () => {
  expect(store('Soft & light.\nMade in <Dublin>, 3 < 4.\n\n \nWash cold.')).toBe(
    '<p>Soft &amp; light.<br />Made in &lt;Dublin&gt;, 3 &lt; 4.</p><p>Wash cold.</p>',
  )
})

test('HTML stays HTML', () => {
  expect(store('<ul><li>Soft &amp; light</li></ul>')).toBe('<ul><li>Soft &amp; light</li></ul>')
})

test.each([
  ['<p>Soft &amp; light.<br />Warm.</p>\n<p>Wash cold.</p>', 'Soft & light.\nWarm.\n\nWash cold.'],
  ['Soft &amp; light', 'Soft & light'],
  ['<p>Use &lt;b&gt; for bold</p>', '<p>Use &lt;b&gt; for bold</p>'],
  ['<p>A <b>bold</b> word</p>', '<p>A <b>bold</b> word</p>'],
])('the editor shows %j as %j', (html, shown) => {
  expect(toEditableDescription(html)).toBe(shown)
})

test('opening and saving a description keeps its text, whatever was typed', () => {
  const parts = ['a', '<', '>', '&', '&amp;', '\n', '\n\n', ' ', '<b>', '</p>', '<p>', '<br>', '"', '<i']
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...parts)), (typed) => {
      const html = store(typed.join('').trim())
      const saved = store(toEditableDescription(html))
      expect(textOf(saved)).toBe(textOf(html))
      expect(store(toEditableDescription(saved))).toBe(saved)
    }),
  )
})

const textOf = (html: string) => html.replace(/<[^<>]*>|\s/g, '')
