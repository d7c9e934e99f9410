import { expect, test } from 'vitest'
import { readSignedLink, signLink } from './signed-links.server.ts'

test('a signed link names its row', () => {
  expect(readSignedLink('unsubscribe', signLink('unsubscribe', 12))).toBe(12)
})

test('a link with another row, purpose or signature, or none, names nothing', () => {
  const token = signLink('unsubscribe', 12)
  const signature = token.slice('12-'.length)
  expect(readSignedLink('restore cart', token)).toBe(null)
  for (const changed of [
    `13-${signature}`,
    `1-2${signature}`,
    `12-${signature.slice(0, -1)}`,
    `12-${'A'.repeat(43)}`,
    `${token}x`,
    `012-${signature}`,
    signature,
    '12-',
    '12',
    '',
  ])
    expect(readSignedLink('unsubscribe', changed), changed).toBe(null)
})
