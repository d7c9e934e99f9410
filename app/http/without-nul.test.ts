import { text } from 'node:stream/consumers'
import { createElement } from 'react'
import { renderToPipeableStream } from 'react-dom/server'
import { expect, test } from 'vitest'
import { withoutNul } from './without-nul.ts'

test('a page of long words with umlauts and euros arrives without zero bytes', async () => {
  const words = 'xä€'.repeat(5_000)
  const body = withoutNul()
  renderToPipeableStream(createElement('p', null, words)).pipe(body)
  expect(await text(body)).toBe(`<p>${words}</p>`)
})
