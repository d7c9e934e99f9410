import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { db, transaction } from '#db/client.ts'
import { marketingConsents } from '#db/schema/index.ts'
import { getConsent, giveConsent, hasConsent, listConsents, withdrawConsent } from './consents.server.ts'

const text = 'Email me news.'
const give = (email: string, words = text) =>
  transaction((tx) => giveConsent(tx, { email, source: 'checkout', text: words }))
const withdraw = (email: string, given?: number) =>
  transaction((tx) => withdrawConsent(tx, { email, source: 'email', given }))

test('consent is recorded with its time, text and place, and withdrawing it adds a row', async () => {
  expect(await hasConsent('a@example.com')).toBe(false)
  await give('a@example.com')
  expect(await getConsent('a@example.com')).toMatchObject({ kind: 'given', source: 'checkout', text })
  await withdraw('a@example.com')
  expect(await hasConsent('a@example.com')).toBe(false)
  expect(await listConsents('a@example.com')).toMatchObject([
    { kind: 'withdrawn', source: 'email', text: '', createdAt: expect.any(Date) },
    { kind: 'given', source: 'checkout', text, createdAt: expect.any(Date) },
  ])
})

test('repeating a choice adds no row; another text does', async () => {
  await withdraw('b@example.com')
  const first = await give('b@example.com')
  expect(await give('b@example.com')).toBe(first)
  expect(await give('b@example.com', 'Email me offers.')).not.toBe(first)
  await withdraw('b@example.com')
  await withdraw('b@example.com')
  expect((await listConsents('b@example.com')).map(({ kind }) => kind)).toEqual([
    'withdrawn',
    'given',
    'given',
  ])
})

test('all spellings of a mailbox share one consent', async () => {
  await give('ann.lee+shop@googlemail.com')
  expect(await hasConsent('annlee@gmail.com')).toBe(true)
  await withdraw('annlee@gmail.com')
  expect(await hasConsent('ann.lee+shop@googlemail.com')).toBe(false)
})

test('a consent given elsewhere since is not withdrawn with the one of a cart', async () => {
  const ofCart = await give('c@example.com')
  await give('c@example.com', 'Email me offers.')
  await withdraw('c@example.com', ofCart)
  expect(await hasConsent('c@example.com')).toBe(true)
})

test('the app cannot change or delete a recorded consent', async () => {
  const id = await give('d@example.com')
  const row = eq(marketingConsents.id, id)
  const refused = { cause: { code: '42501' } }
  await expect(db.update(marketingConsents).set({ text: 'Other' }).where(row)).rejects.toMatchObject(refused)
  await expect(db.delete(marketingConsents).where(row)).rejects.toMatchObject(refused)
})
