import { afterAll, beforeAll, expect, test } from 'vitest'
import { aProduct } from '#tests/support/cast.ts'
import { databaseUrl } from '#tests/support/database.ts'
import { askOncePerCatalog } from './kept.server.ts'
import { catalogVersion, startListening, stopListening } from './listener.server.ts'

beforeAll(() => startListening(databaseUrl))
afterAll(stopListening)

test('a question is asked once, by many at once too, until the catalogue changes', async () => {
  let asked = 0
  const ask = () => askOncePerCatalog('how many', () => Promise.resolve(++asked))
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1])
  const before = catalogVersion()
  await aProduct()
  await expect.poll(catalogVersion).not.toBe(before)
  expect(await ask()).toBe(2)
})

test('a fault is not kept', async () => {
  await expect(askOncePerCatalog('broken', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await askOncePerCatalog('broken', () => Promise.resolve('fine'))).toBe('fine')
})

test('nothing is kept while changes are not heard of', async () => {
  await stopListening()
  let asked = 0
  const ask = () => askOncePerCatalog('unheard', () => Promise.resolve(++asked))
  expect([await ask(), await ask()]).toEqual([1, 2])
})
