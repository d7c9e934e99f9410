import { expect, test } from 'vitest'
import { aPerson, password } from '#tests/support/cast.ts'
import { aVisitor, useRunningShop } from '#tests/support/http-shop.ts'
import type { Visitor } from '#tests/support/visitor.ts'

useRunningShop()

const wrong = (visitor: Visitor, email: string) =>
  visitor.post('/login', { email, password: 'five words in a row' })

/** Tries the account from a new network address each time until one has to wait; how many went through before. */
async function triesBeforeDelay(email: string): Promise<number> {
  for (let tries = 0; tries < 40; tries += 1) {
    const { status } = await wrong(aVisitor(), email)
    if (status === 429) return tries
    expect(status).toBe(401)
  }
  throw new Error('Nobody ever had to wait')
}

test('failed tries from everywhere slow an account down, the same whether it exists or not', async () => {
  const { email } = await aPerson()
  const tries = [await triesBeforeDelay(email), await triesBeforeDelay(email.replace('person', 'nobody'))]
  // The delay begins with a second; a slow machine may get some more through.
  for (const count of tries) expect(count).toBeGreaterThan(20)

  const startedAt = performance.now()
  const answer = await wrong(aVisitor(), email)
  expect(answer.status).toBe(429)
  expect(performance.now() - startedAt, 'no connection is held').toBeLessThan(900)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(60)
})

test('a device on which the owner signed in before is not slowed down by others', async () => {
  const { email } = await aPerson()
  const home = aVisitor()
  expect((await home.post('/login', { email, password })).status).toBe(303)
  home.cookies.delete('sid')
  await triesBeforeDelay(email)
  expect((await aVisitor().post('/login', { email, password })).status).toBe(429)
  expect((await home.post('/login', { email, password })).status).toBe(303)

  const other = await aPerson()
  const eve = aVisitor(Object.fromEntries(home.cookies))
  eve.cookies.delete('sid')
  await triesBeforeDelay(other.email)
  expect((await wrong(eve, other.email)).status, 'it is known for its own account only').toBe(429)
})

test('a mailbox gets ten emails an hour that anybody may ask for, of all kinds and from wherever', async () => {
  const { email } = await aPerson()
  const paths = ['/signup', '/forgot-password', '/orders']
  const statuses: number[] = []
  for (let asked = 0; asked < 12; asked += 1)
    statuses.push((await aVisitor().post(paths[asked % 3]!, { email })).status)
  expect(statuses).toEqual([...Array<number>(10).fill(303), 429, 429])
  expect((await aVisitor().post('/signup', { email: `another-${email}` })).status).toBe(303)
})
