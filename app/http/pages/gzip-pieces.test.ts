import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { joinGzipPieces, packPiece, packSmallPiece } from './gzip-pieces.ts'

test.each([
  [[]],
  [['']],
  [['a']],
  [['<p>', 'ünï', '</p>'.repeat(100), '', 'x'.repeat(300_000), '\0']],
  [['same text again and again '.repeat(200), 'same text again and again '.repeat(200)]],
])('joinGzipPieces makes one gzip file of separately compressed pieces (%#)', async (texts: string[]) => {
  const fixed = await Promise.all(texts.map((text) => packPiece(Buffer.from(text))))
  expect(gunzipSync(joinGzipPieces(fixed)).toString()).toBe(texts.join(''))
  // In another order, with something new in between.
  const mixed = fixed
    .toReversed()
    .flatMap((piece) => [piece, packSmallPiece('one'), packSmallPiece('two '.repeat(500))])
  const expected = texts.toReversed().map((text) => `${text}one${'two '.repeat(500)}`)
  expect(gunzipSync(joinGzipPieces(mixed)).toString()).toBe(expected.join(''))
})
