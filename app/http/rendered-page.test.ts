import { createElement } from 'react'
import { renderToPipeableStream } from 'react-dom/server'
import { expect, test } from 'vitest'
import { renderedPage } from './rendered-page.ts'

test('a page of long words with umlauts and euros arrives without zero bytes', async () => {
  const words = 'xä€'.repeat(5_000)
  const { pipe } = renderToPipeableStream(createElement('p', null, words))
  expect((await renderedPage(pipe)).toString()).toBe(`<p>${words}</p>`)
})
