import { expect, test } from 'vitest'
import { newVisitor, useRunningShop } from '#tests/support/http-shop.ts'

useRunningShop()

test('hashing beyond its capacity is 503 with Retry-After, and forms with an invalid link do not wait', async () => {
  const signIns = Array.from({ length: 100 }, (_, index) =>
    newVisitor().post('/login', { email: `nobody${index}@hill.example`, password: 'five words in a row' }),
  )
  const deadLinks = ['/reset-password', '/signup', '/invitations'].map((path) =>
    newVisitor().post(`${path}/${'x'.repeat(43)}`, { name: 'Eve', password: 'five words in a row' }),
  )
  expect((await Promise.all(deadLinks)).map(({ status }) => status)).toEqual([409, 409, 409])

  const answers = await Promise.all(signIns)
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 503]))
  for (const { status, headers, body } of answers.filter((answer) => answer.status === 503)) {
    expect(Number(headers.get('retry-after')), `${status}`).toBeGreaterThan(0)
    expect(headers.get('cache-control')).toBe('private, no-store')
    expect(body).toContain('Temporarily unavailable')
  }
  const again = await newVisitor().post('/login', { email: 'nobody@hill.example', password: 'five words' })
  expect(again.status).toBe(401)
})
