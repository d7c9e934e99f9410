import { createElement } from 'react'
import { renderToPipeableStream, renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { renderedPage } from './rendered-page.ts'

test('renderedPage contains no zero bytes where multi-byte text meets the end of React’s buffers', async () => {
  const words = Array.from({ length: 3_000 }, (_, at) =>
    createElement('p', { key: at }, 'x'.repeat(at % 9) + 'ä€'.repeat(50 + (at % 40))),
  )
  const page = createElement('div', null, words)
  const { pipe } = renderToPipeableStream(page)
  expect((await renderedPage(pipe)).toString()).toBe(renderToStaticMarkup(page))
})
