import { expect, test } from 'vitest'
import { countTry } from '#app/http/rate-limit.ts'
import { aPerson, password } from '#tests/support/cast.ts'
import { aVisitor, useRunningShop } from '#tests/support/http-shop.ts'
import type { Visitor } from '#tests/support/visitor.ts'

useRunningShop()

const wrong = (visitor: Visitor, email: string) =>
  visitor.post('/login', { email, password: 'five words in a row' })

/** So many tries of the account elsewhere, which nobody has waited for. */
async function triedElsewhere(email: string, tries: number): Promise<void> {
  for (let attempt = 1; attempt <= tries; attempt += 1) await countTry('account', 'account', email)
}

test('failed tries from everywhere slow an account down, the same whether it exists or not', async () => {
  const { email } = await aPerson()
  for (const address of [email, email.replace('person', 'nobody')]) {
    let tries = 0
    let answer = await wrong(aVisitor(), address)
    for (; answer.status === 401 && tries < 40; tries += 1) answer = await wrong(aVisitor(), address)
    // The delay begins with a second; a slow machine may get some more through.
    expect(tries).toBeGreaterThan(20)
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  }
})

test('the delay grows to a minute and not beyond, and a right password ends it', async () => {
  const { email } = await aPerson()
  await triedElsewhere(email, 100)
  expect((await aVisitor().post('/login', { email, password })).status, 'never a lock-out').toBe(303)
  expect((await wrong(aVisitor(), email)).status).toBe(401)
  expect((await wrong(aVisitor(), email)).status).toBe(401)

  await triedElsewhere(email, 100)
  expect((await wrong(aVisitor(), email)).status).toBe(401)
  const answer = await wrong(aVisitor(), email)
  expect(answer.status).toBe(429)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(30)
  expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(60)
})

test('a device on which the owner signed in before is not slowed down by others', async () => {
  const [{ email }, other] = [await aPerson(), await aPerson()]
  const home = aVisitor()
  expect((await home.post('/login', { email, password })).status).toBe(303)
  home.cookies.delete('sid')
  for (const address of [email, other.email]) {
    await triedElsewhere(address, 100)
    expect((await wrong(aVisitor(), address)).status).toBe(401)
  }
  expect((await aVisitor().post('/login', { email, password })).status).toBe(429)
  expect((await wrong(home, other.email)).status, 'it is known for its own account only').toBe(429)
  expect((await home.post('/login', { email, password })).status).toBe(303)
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
