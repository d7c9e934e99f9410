import { createElement, Fragment } from 'react'
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

test('renderedPage ends with the document’s end tags where something is rendered beside the document', async () => {
  const document = createElement('html', null, createElement('body', null, 'Text'))
  const { pipe } = renderToPipeableStream(
    createElement(Fragment, null, document, createElement('script', { id: 'data' })),
  )
  expect((await renderedPage(pipe)).toString()).toBe(
    '<!DOCTYPE html><html><body>Text<script id="data"></script></body></html>',
  )
})
