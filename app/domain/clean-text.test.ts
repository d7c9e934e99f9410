import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalizeText } from './clean-text.ts'

const marks = (count: number) =>
  Array.from({ length: count }, (_, i) => (i % 2 ? '\u0316' : '\u0301')).join('')

describe('valid text is unchanged', () => {
  test.each([
    ['Thai', 'ที่นี่มีน้ำ'],
    ['Hindi', 'हिन्दी में क्षत्रिय'],
    ['Tibetan', 'བསྒྲུབས་'],
    ['Arabic with vowels', 'الْعَرَبِيَّةُ'],
    ['Hebrew with points', 'בְּרֵאשִׁית'],
    ['Vietnamese', 'Tiếng Việt'],
    ['Korean', '한국어'],
    ['old jamo without precomposed syllables', '\u1140\u119e\u1140\u119e'],
    ['emoji sequences', '👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🏴󠁧󠁢󠁳󠁣󠁴󠁿'],
    ['30 marks on one letter', `Z${'\u0351'.repeat(30)}`],
    ['30 marks on each of many letters', `Z${'\u0351'.repeat(30)}`.repeat(100)],
  ])('%s', (_, text) => {
    expect(normalizeText(text)).toBe(text)
  })

  test('text with at most 30 marks in a row is only normalized to NFC', () => {
    const word = fc.tuple(fc.string({ unit: 'grapheme' }), fc.integer({ min: 0, max: 30 }))
    fc.assert(
      fc.property(fc.array(word), (parts) => {
        const text = parts.map(([letters, count]) => `${letters}x${marks(count)}`).join('')
        fc.pre(!/\p{M}{31}/u.test(text.normalize('NFC')))
        expect(normalizeText(text)).toBe(text.normalize('NFC'))
      }),
    )
  })
})

test('decomposed letters and jamo are composed', () => {
  expect(normalizeText('Zoe\u0308 \u1112\u1161\u11ab')).toBe('Zoë 한')
})

test('of more than 30 marks in a row the first 30 are kept, for every kind of mark', () => {
  expect(normalizeText(`Z${'\u0351'.repeat(90)}a`)).toBe(`Z${'\u0351'.repeat(30)}a`)
  // Spacing marks, enclosing marks, marks beyond the basic plane, and variation selectors.
  for (const mark of ['\u0903', '\u20dd', '\u{1d165}', '\ufe0f', '\u{e0100}'])
    for (const count of [31, 60, 61, 5_000])
      expect(normalizeText(`漢${mark.repeat(count)}a`)).toBe(`漢${mark.repeat(30)}a`)
})

test('any text is normalized to NFC with at most 30 marks in a row, and a second time changes nothing', () => {
  const unit = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 3 }),
    fc.string({ unit: 'binary', maxLength: 3 }),
    fc
      .tuple(
        fc.constantFrom('\u0301', '\u0316', '\u0344', '\u0f73', '\u{1d165}', '\u0958', '\u09be', '\u1161'),
        fc.integer({ min: 1, max: 70 }),
      )
      .map(([mark, count]) => mark.repeat(count)),
  )
  fc.assert(
    fc.property(
      fc.array(unit).map((units) => units.join('')),
      (text) => {
        const clean = normalizeText(text)
        expect(clean).toBe(clean.normalize('NFC'))
        expect(clean).not.toMatch(/\p{M}{31}/u)
        expect(normalizeText(clean)).toBe(clean)
      },
    ),
    { numRuns: 500 },
  )
})

describe('normalization time is linear in the length', () => {
  /** The fastest of five, because other load on the machine can only make it slower. */
  const fastest = (text: string) =>
    Math.min(
      ...Array.from({ length: 5 }, () => {
        const startedAt = performance.now()
        normalizeText(text)
        return performance.now() - startedAt
      }),
    )

  test.each([
    ['one run of marks', (length: number) => marks(length)],
    ['runs of 30 marks', (length: number) => `a${marks(30)}`.repeat(length / 31)],
    ['runs of 29 marks', (length: number) => `a${marks(29)}`.repeat(length / 30)],
    ['marks that decompose into two', (length: number) => `a${'\u0344'.repeat(30)}`.repeat(length / 31)],
    ['marks beyond the basic plane', (length: number) => '\u{1d165}\u{1d16d}'.repeat(length / 4)],
    ['jamo', (length: number) => '\u1100\u1161\u11a8'.repeat(length / 3)],
  ])('%s', (_, ofLength) => {
    fastest(ofLength(16_000))
    expect(fastest(ofLength(256_000))).toBeLessThan(fastest(ofLength(16_000)) * 16 * 4)
  })

  test('a cell of four million marks does not overflow the stack', () => {
    expect(normalizeText('\u0301\u0316'.repeat(2 ** 21))).toHaveLength(30)
  })
})
