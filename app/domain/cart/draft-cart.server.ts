import { and, eq, notInArray, sql } from 'drizzle-orm'
import type { Tx } from '#db/client.ts'
import { cartLines, carts, variants } from '#db/schema/index.ts'
import { bumpCartVersion } from './cart.server.ts'

/**
 * Makes these the contents of a locked draft order's cart, created if there is none, as a step of the caller's
 * transaction. Stock is not checked: the order that it becomes will be. A line's price is the one of now. The new
 * checkout key makes forms that show the former contents stale.
 */
export async function writeDraftCart(
  tx: Tx,
  draftId: number,
  contents: { lines: { variantId: number; quantity: number }[]; codes: string[] },
): Promise<void> {
  await tx.insert(carts).values({ draftId }).onConflictDoNothing()
  const [cart] = await tx.select({ id: carts.id }).from(carts).where(eq(carts.draftId, draftId)).for('update')
  const cartId = cart!.id
  const ids = contents.lines.map(({ variantId }) => variantId)
  await tx
    .delete(cartLines)
    .where(and(eq(cartLines.cartId, cartId), notInArray(cartLines.variantId, [0, ...ids])))
  if (ids.length > 0) await upsertLines(tx, cartId, contents.lines)
  await tx
    .update(carts)
    .set({ codes: contents.codes, checkoutKey: sql`gen_random_uuid()` })
    .where(eq(carts.id, cartId))
  await bumpCartVersion(tx, cartId)
}

/** A variant that was deleted meanwhile is left out. */
async function upsertLines(tx: Tx, cartId: number, lines: { variantId: number; quantity: number }[]) {
  const given = sql.join(
    lines.map(
      ({ variantId, quantity }, index) => sql`(${index}::int, ${variantId}::bigint, ${quantity}::int)`,
    ),
    sql`, `,
  )
  await tx.execute(sql`
    insert into ${cartLines} (cart_id, variant_id, quantity, price_when_added)
    select ${cartId}::bigint, v.id, g.quantity, coalesce(v.price, 0)
    from (values ${given}) as g (position, variant_id, quantity) join ${variants} v on v.id = g.variant_id
    order by g.position
    on conflict (cart_id, variant_id) do update
      set quantity = excluded.quantity, price_when_added = excluded.price_when_added`)
}
