import { and, asc, eq, inArray, ne, or, sql } from 'drizzle-orm'
import { auditedTransaction, db, type Tx } from '#db/client.ts'
import { shippingMethods, shippingZonePlaces, shippingZones } from '#db/schema/index.ts'
import { placeKey, placeName, type Place } from './places.server.ts'
import type { ZoneFacts } from './zone.schema.ts'

/** All zones with their places and methods: the rest of the world last. */
export async function listZones() {
  const [zones, places, methods] = await Promise.all([
    db
      .select()
      .from(shippingZones)
      .orderBy(asc(shippingZones.isRestOfWorld), asc(shippingZones.title), asc(shippingZones.id)),
    db
      .select()
      .from(shippingZonePlaces)
      .orderBy(asc(shippingZonePlaces.country), asc(shippingZonePlaces.region)),
    db.select().from(shippingMethods).orderBy(asc(shippingMethods.id)),
  ])
  return zones.map((zone) => ({
    ...zone,
    places: places.filter(({ zoneId }) => zoneId === zone.id),
    methods: methods.filter(({ zoneId }) => zoneId === zone.id),
  }))
}

/** A zone for its page; null when there is none. */
export async function getZone(id: number) {
  const [[zone], places, methods] = await Promise.all([
    db.select().from(shippingZones).where(eq(shippingZones.id, id)),
    db.select().from(shippingZonePlaces).where(eq(shippingZonePlaces.zoneId, id)),
    db.select().from(shippingMethods).where(eq(shippingMethods.zoneId, id)).orderBy(asc(shippingMethods.id)),
  ])
  return zone ? { ...zone, places, methods } : null
}

/** The zone's name for each place of the zones except one, by the place's key. */
export async function listTakenPlaces(exceptId = 0): Promise<Record<string, string>> {
  const rows = await db
    .select({ place: shippingZonePlaces, zone: shippingZones.title })
    .from(shippingZonePlaces)
    .innerJoin(shippingZones, eq(shippingZones.id, shippingZonePlaces.zoneId))
    .where(ne(shippingZones.id, exceptId))
  return Object.fromEntries(rows.map(({ place, zone }) => [placeKey(place), zone]))
}

/** How many zones there are; with none, every order has the single rate of the settings. */
export function countZones(): Promise<number> {
  return db.$count(shippingZones)
}

export type SaveZoneRefusal =
  | { reason: 'stale' | 'not-found' | 'rest-taken' }
  | { reason: 'place-taken'; taken: { place: Place; zone: string }[] }

type Saved = { ok: true; id: number } | ({ ok: false } & SaveZoneRefusal)

/** Adds a zone. Refused when another zone has one of its places, or is the rest of the world too. */
export async function createZone(input: ZoneFacts & { by: number }): Promise<Saved> {
  const { title, isRestOfWorld, places, by } = input
  return auditedTransaction(by, async (tx): Promise<Saved> => {
    const refusal = await lockAndCheck(tx, input, 0)
    if (refusal) return { ok: false, ...refusal }
    const [zone] = await tx
      .insert(shippingZones)
      .values({ title, isRestOfWorld })
      .returning({ id: shippingZones.id })
    await writePlaces(tx, zone!.id, places)
    return { ok: true, id: zone!.id }
  })
}

/** Saves a zone's form. Refused like createZone, and when it was saved since `version`. */
export async function updateZone(
  input: ZoneFacts & { id: number; version: number; by: number },
): Promise<Saved> {
  const { id, version, title, isRestOfWorld, places, by } = input
  return auditedTransaction(by, async (tx): Promise<Saved> => {
    const refusal = await lockAndCheck(tx, input, id)
    if (refusal) return { ok: false, ...refusal }
    const [saved] = await tx
      .update(shippingZones)
      .set({ title, isRestOfWorld, version: version + 1, updatedAt: sql`now()` })
      .where(and(eq(shippingZones.id, id), eq(shippingZones.version, version)))
      .returning({ id: shippingZones.id })
    if (!saved) {
      const isThere = (await tx.$count(shippingZones, eq(shippingZones.id, id))) > 0
      return { ok: false, reason: isThere ? 'stale' : 'not-found' }
    }
    await writePlaces(tx, id, places)
    return { ok: true, id }
  })
}

/** Deletes a zone with its places and methods; null when there is none. */
export async function deleteZone(id: number, by: number): Promise<{ title: string } | null> {
  return auditedTransaction(by, async (tx) => {
    await lockZones(tx)
    // Before the zone, so that the audit log can name it.
    await tx.delete(shippingMethods).where(eq(shippingMethods.zoneId, id))
    await tx.delete(shippingZonePlaces).where(eq(shippingZonePlaces.zoneId, id))
    const [deleted] = await tx
      .delete(shippingZones)
      .where(eq(shippingZones.id, id))
      .returning({ title: shippingZones.title })
    return deleted ?? null
  })
}

/** One transaction at a time changes which zone has a place, so that a conflict can name the other zone. */
async function lockZones(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('shipping zones'))`)
}

async function lockAndCheck(
  tx: Tx,
  { places, isRestOfWorld }: ZoneFacts,
  ownId: number,
): Promise<SaveZoneRefusal | null> {
  await lockZones(tx)
  const isOther = ne(shippingZones.id, ownId)
  if (isRestOfWorld && (await tx.$count(shippingZones, and(isOther, shippingZones.isRestOfWorld))) > 0)
    return { reason: 'rest-taken' }
  if (places.length === 0) return null
  const rows = await tx
    .select({
      country: shippingZonePlaces.country,
      region: shippingZonePlaces.region,
      zone: shippingZones.title,
    })
    .from(shippingZonePlaces)
    .innerJoin(shippingZones, eq(shippingZones.id, shippingZonePlaces.zoneId))
    .where(and(isOther, or(...places.map(isPlace))))
    .orderBy(asc(shippingZonePlaces.country), asc(shippingZonePlaces.region))
  if (rows.length === 0) return null
  return { reason: 'place-taken', taken: rows.map(({ zone, ...place }) => ({ place, zone })) }
}

const isPlace = ({ country, region }: Place) =>
  and(eq(shippingZonePlaces.country, country), eq(shippingZonePlaces.region, region))

/** Rows of places that stay are not written again: the audit log shows what was added and removed. */
async function writePlaces(tx: Tx, zoneId: number, places: Place[]): Promise<void> {
  const before = await tx.select().from(shippingZonePlaces).where(eq(shippingZonePlaces.zoneId, zoneId))
  const isSame = (a: Place) => (b: Place) => a.country === b.country && a.region === b.region
  const gone = before.filter((row) => !places.some(isSame(row)))
  const added = places.filter((place) => !before.some(isSame(place)))
  const goneIds = gone.map(({ id }) => id)
  if (gone.length > 0) await tx.delete(shippingZonePlaces).where(inArray(shippingZonePlaces.id, goneIds))
  if (added.length > 0)
    await tx
      .insert(shippingZonePlaces)
      .values(added.map(({ country, region }) => ({ zoneId, country, region })))
}

/** "Germany is already in the zone “Europe”." */
export function takenText(taken: { place: Place; zone: string }[]): string {
  const [first] = taken
  const others = taken.length - 1
  const more =
    others === 0
      ? ''
      : others === 1
        ? ' One more place is taken too.'
        : ` ${others} more places are taken too.`
  return `${placeName(first!.place)} is already in the zone “${first!.zone}”.${more}`
}
