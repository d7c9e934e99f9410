import { beforeAll, expect, test } from 'vitest'
import { refreshSearchWords } from '#app/domain/search/refresh-words.server.ts'
import { createProduct } from '#tests/support/cast.ts'
import { internals, queries, texts } from '#tests/support/fuzz-inputs.ts'
import { newVisitor, signedInOwner, useRunningShop } from '#tests/support/http-shop.ts'

useRunningShop({ ROLE: 'web' })

beforeAll(async () => {
  await createProduct({ title: 'Garden lantern', price: 4250 })
  await refreshSearchWords()
})

test('suggestions are JSON that only the browser keeps, for a minute', async () => {
  for (const visitor of [newVisitor(), await signedInOwner()]) {
    const { status, headers, body } = await visitor.get('/search/suggestions?q=lan')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toMatch(/^application\/json/)
    expect(headers.get('cache-control')).toBe('private, max-age=60')
    expect(headers.getSetCookie()).toEqual([])
    expect(JSON.parse(body)).toMatchObject({
      queries: ['lantern'],
      collections: [],
      products: [{ title: 'Garden lantern', priceMin: 4250 }],
    })
  }
})

test('any query has an answer within 100 ms', async () => {
  const visitor = newVisitor()
  const hostile = [
    ...queries.map(String),
    ...texts.map(([, text]) => text),
    ...['%', '_', '\\', "'", 'a:*&!', 'the a of', 'a '.repeat(1000), 'é'.repeat(1000), '(a+)+$'],
  ]
  for (const query of hostile) {
    const took: number[] = []
    for (let tries = 0; tries < 3; tries += 1) {
      const startedAt = performance.now()
      // A lone surrogate cannot be sent, and the shield refuses NUL.
      const { status, body } = await newVisitor().get(
        `/search/suggestions?q=${encodeURIComponent(query.toWellFormed())}`,
      )
      took.push(performance.now() - startedAt)
      expect([200, 400, 414, 431], query).toContain(status)
      expect(body).not.toMatch(internals)
      if (status === 200)
        expect(Object.keys(JSON.parse(body))).toEqual(['queries', 'collections', 'products'])
    }
    expect(Math.min(...took), query).toBeLessThan(100)
  }
  for (const path of ['/search/suggestions', '/search/suggestions?q', '/search/suggestions?q=a&q=b'])
    expect((await visitor.get(path)).status).toBe(200)
})
