import { db } from '#db/client.ts'
import { promotionItems, promotions } from '#db/schema/index.ts'
import { now } from './cast.ts'

type Changes = Partial<typeof promotions.$inferInsert> & {
  items?: Omit<typeof promotionItems.$inferInsert, 'promotionId'>[]
}

/** A promotion that has been running for a day: 10% off everything, with a code unless the changes say otherwise. */
export async function createPromotion(changes: Changes = {}): Promise<{ id: number }> {
  const { items = [], ...rest } = changes
  const isPlain = rest.kind === undefined || rest.kind === 'percent'
  const [promotion] = await db
    .insert(promotions)
    .values({
      title: 'Spring sale',
      kind: 'percent',
      isAutomatic: false,
      percent: isPlain ? 1_000 : null,
      startsAt: new Date(now.getTime() - 86_400_000),
      isForAll: !items.some(({ isGet }) => !isGet),
      getsAll: !items.some(({ isGet }) => isGet),
      ...rest,
    })
    .returning({ id: promotions.id })
  const { id } = promotion!
  if (items.length > 0)
    await db.insert(promotionItems).values(items.map((item) => ({ ...item, promotionId: id })))
  return { id }
}

/** Ends all promotions, so that those without a code do not apply to the next test's carts. */
export async function endPromotions(): Promise<void> {
  await db.update(promotions).set({ startsAt: new Date(0), endsAt: new Date(1) })
}
