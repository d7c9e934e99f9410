import { asc, eq } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { auditLog, shippingMethods, shippingZonePlaces, shippingZones } from '#db/schema/index.ts'
import { anyUser, createShop } from '#tests/support/cast.ts'
import { createMethod, deleteMethod, updateMethod } from './methods.server.ts'
import { readPlace } from './places.server.ts'
import {
  createZone,
  deleteZone,
  getZone,
  listTakenPlaces,
  listZones,
  takenText,
  updateZone,
} from './zones.server.ts'

beforeEach(async () => {
  await db.delete(shippingZones)
})

const zone = (title: string, ...keys: string[]) => ({
  ...{ title, isRestOfWorld: keys.length === 0, places: keys.map((key) => readPlace(key)!), by: anyUser },
})

async function make(title: string, ...keys: string[]): Promise<number> {
  const made = await createZone(zone(title, ...keys))
  if (!made.ok) throw new Error(made.reason)
  return made.id
}

const flat = {
  ...{ title: 'Post', isPickup: false, priceBy: 'flat' as const, rate: 490, tiers: [], freeFrom: null },
  ...{ daysMin: 2, daysMax: 4, by: anyUser },
}

test('a zone keeps its places and methods; places that stay are not written again', async () => {
  await createShop()
  const id = await make('Europe', 'DE', 'US-CA')
  await createMethod({ ...flat, zoneId: id })
  const before = await db.select().from(shippingZonePlaces)
  const saved = await updateZone({ ...zone('EU', 'DE', 'AT'), id, version: 1 })
  expect(saved).toEqual({ ok: true, id })
  const found = (await getZone(id))!
  expect([found.title, found.version, found.methods.length]).toEqual(['EU', 2, 1])
  expect(found.places.map(({ country }) => country).sort()).toEqual(['AT', 'DE'])
  const german = before.find(({ country }) => country === 'DE')!
  expect(found.places.find(({ country }) => country === 'DE')!.id).toBe(german.id)
})

test('a place of another zone is refused by its name; a region of a country in another zone is not', async () => {
  await createShop()
  await make('Europe', 'DE', 'AT')
  const refused = await createZone(zone('Alps', 'CH', 'AT'))
  expect(refused).toEqual({
    ...{ ok: false, reason: 'place-taken' },
    taken: [{ place: { country: 'AT', region: '' }, zone: 'Europe' }],
  })
  expect(await db.$count(shippingZones)).toBe(1)
  await make('America', 'US')
  const pacific = await make('Pacific', 'US-HI')
  expect(await listTakenPlaces(pacific)).toEqual({ DE: 'Europe', AT: 'Europe', US: 'America' })
  expect(takenText(['AT', 'DE', 'US-HI'].map((key) => ({ place: readPlace(key)!, zone: 'Europe' })))).toBe(
    'Austria is already in the zone “Europe”. 2 more places are taken too.',
  )
})

test('of concurrent saves with one place in common, one is stored and the others name its zone', async () => {
  await createShop()
  const results = await Promise.all(['One', 'Two', 'Three'].map((title) => createZone(zone(title, 'DE'))))
  const [stored] = await listZones()
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  for (const result of results)
    if (!result.ok) expect(result).toMatchObject({ taken: [{ zone: stored!.title }] })
  expect(await db.$count(shippingZones)).toBe(1)
})

test('there is one rest of the world, also with concurrent saves', async () => {
  await createShop()
  const results = await Promise.all(['Rest', 'World'].map((title) => createZone(zone(title))))
  expect(results.map((result) => result.ok || result.reason).sort()).toEqual(['rest-taken', true])
  const id = await make('Europe', 'DE')
  expect(await updateZone({ ...zone('Europe'), id, version: 1 })).toEqual({ ok: false, reason: 'rest-taken' })
})

test('a save of an older version is refused, of a zone as of a method', async () => {
  await createShop()
  const id = await make('Europe', 'DE')
  expect((await updateZone({ ...zone('EU', 'FR'), id, version: 1 })).ok).toBe(true)
  expect(await updateZone({ ...zone('Old', 'AT'), id, version: 1 })).toEqual({ ok: false, reason: 'stale' })
  expect((await getZone(id))!.places.map(({ country }) => country)).toEqual(['FR'])
  await createMethod({ ...flat, zoneId: id })
  const [method] = await db.select().from(shippingMethods)
  const save = (title: string) => updateMethod({ ...flat, title, id: method!.id, version: 1 })
  expect(await save('Parcel')).toEqual({ ok: true, zoneId: id })
  expect(await save('Old')).toEqual({ ok: false, reason: 'stale' })
  await deleteMethod(method!.id, anyUser)
  expect(await save('Gone')).toEqual({ ok: false, reason: 'not-found' })
})

test('a deleted zone takes its places and methods along, and the log names them', async () => {
  await createShop()
  const id = await make('Europe', 'DE')
  await createMethod({ ...flat, zoneId: id })
  expect(await deleteZone(id, anyUser)).toEqual({ title: 'Europe' })
  expect(await deleteZone(id, anyUser)).toBe(null)
  expect([await db.$count(shippingZonePlaces), await db.$count(shippingMethods)]).toEqual([0, 0])
  const deletions = await db
    .select({ table: auditLog.tableName, label: auditLog.label })
    .from(auditLog)
    .where(eq(auditLog.action, 'delete'))
    .orderBy(asc(auditLog.id))
  expect(deletions.slice(-3)).toEqual([
    { table: 'shipping_methods', label: 'Post' },
    { table: 'shipping_zone_places', label: 'DE in Europe' },
    { table: 'shipping_zones', label: 'Europe' },
  ])
  expect(await createMethod({ ...flat, zoneId: id })).toBe(false)
})
