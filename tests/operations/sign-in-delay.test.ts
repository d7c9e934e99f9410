import { expect, test } from 'vitest'
import { consumeRateLimit } from '#app/domain/rate-limits/rate-limits.server.ts'
import { createUser, password } from '#tests/support/cast.ts'
import { newVisitor, useRunningShop } from '#tests/support/http-shop.ts'
import type { Visitor } from '#tests/support/visitor.ts'

useRunningShop()

const wrong = (visitor: Visitor, email: string) =>
  visitor.post('/login', { email, password: 'five words in a row' })

/** Failed sign-ins of the account from elsewhere. */
async function failSignInsElsewhere(email: string, tries: number): Promise<void> {
  for (let attempt = 1; attempt <= tries; attempt += 1) await consumeRateLimit('account', 'account', email)
}

test('failed attempts from anywhere delay sign-in to an account, whether it exists or not', async () => {
  const { email } = await createUser()
  for (const address of [email, email.replace('person', 'nobody')]) {
    let tries = 0
    let answer = await wrong(newVisitor(), address)
    for (; answer.status === 401 && tries < 40; tries += 1) answer = await wrong(newVisitor(), address)
    // The delay starts at a second; a slow machine may let some more through.
    expect(tries).toBeGreaterThan(20)
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  }
})

test('the delay is limited to a minute, and a correct password resets it', async () => {
  const { email } = await createUser()
  await failSignInsElsewhere(email, 100)
  expect((await newVisitor().post('/login', { email, password })).status, 'never a lock-out').toBe(303)
  expect((await wrong(newVisitor(), email)).status).toBe(401)
  expect((await wrong(newVisitor(), email)).status).toBe(401)

  await failSignInsElsewhere(email, 100)
  expect((await wrong(newVisitor(), email)).status).toBe(401)
  const answer = await wrong(newVisitor(), email)
  expect(answer.status).toBe(429)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(30)
  expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(60)
})

test('a device on which the owner signed in before is not delayed by others', async () => {
  const [{ email }, other] = [await createUser(), await createUser()]
  const home = newVisitor()
  expect((await home.post('/login', { email, password })).status).toBe(303)
  home.cookies.delete('sid')
  for (const address of [email, other.email]) {
    await failSignInsElsewhere(address, 100)
    expect((await wrong(newVisitor(), address)).status).toBe(401)
  }
  expect((await newVisitor().post('/login', { email, password })).status).toBe(429)
  expect((await wrong(home, other.email)).status, 'it is known for its own account only').toBe(429)
  expect((await home.post('/login', { email, password })).status).toBe(303)
})

test('a mailbox gets at most ten requested emails an hour, of all kinds and from any address', async () => {
  const { email } = await createUser()
  const paths = ['/signup', '/forgot-password', '/orders']
  const statuses: number[] = []
  for (let asked = 0; asked < 12; asked += 1)
    statuses.push((await newVisitor().post(paths[asked % 3]!, { email })).status)
  expect(statuses).toEqual([...Array<number>(10).fill(303), 429, 429])
  expect((await newVisitor().post('/signup', { email: `another-${email}` })).status).toBe(303)
})
