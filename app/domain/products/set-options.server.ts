import { asc, eq, inArray, sql } from 'drizzle-orm'
import { db, type Tx } from '#db/client.ts'
import { products, variants } from '#db/schema/catalog.ts'
import {
  areOptionsUnchanged,
  type OptionDraft,
  type OptionPlan,
  optionsOf,
  type OptionRefusal,
  planOptions,
  variantTitle,
} from './options.ts'
import { Refusal } from './refusal.server.ts'

/** How many variants were added, kept and removed. */
export type OptionChange = { made: number; kept: number; removed: number }

export type SetOptionsRefusal =
  { reason: OptionRefusal } | { reason: 'would-remove'; variants: { title: string; stock: number }[] }

/**
 * Changes a product's options and updates its variants (see planOptions), as a step of the caller's transaction, which
 * holds the product's lock. New variants get the first variant's price and stock 0. Options that are as the editor
 * shows them change nothing. Refused with the list of variants that would be removed, until `removals` is their number.
 * Locks the variants by id.
 */
export async function setOptions(
  tx: Tx,
  input: {
    product: { id: number; optionNames: string[] }
    options: OptionDraft[]
    fillGaps: boolean
    removals: number
  },
): Promise<OptionChange> {
  const { product, options, fillGaps, removals } = input
  const rows = await tx
    .select()
    .from(variants)
    .where(eq(variants.productId, product.id))
    .orderBy(asc(variants.id))
    .for('update')
  rows.sort((a, b) => a.position - b.position || a.id - b.id)
  const known = rows.map((row) => ({ id: row.id, values: row.optionValues }))
  const shown = optionsOf(product.optionNames, known)
  if (!fillGaps && areOptionsUnchanged(shown, options)) return { made: 0, kept: rows.length, removed: 0 }

  const plan = planOrRefuse({ product, rows, next: options, fillGaps, removals })
  if (plan.remove.length > 0) await tx.delete(variants).where(inArray(variants.id, plan.remove))
  await writeMatrix(tx, { productId: product.id, plan, rows })
  await tx.update(products).set({ optionNames: plan.names }).where(eq(products.id, product.id))
  return { made: plan.create.length, kept: plan.keep.length, removed: plan.remove.length }
}

function planOrRefuse(input: {
  product: { optionNames: string[] }
  rows: (typeof variants.$inferSelect)[]
  next: OptionDraft[]
  fillGaps: boolean
  removals: number
}): OptionPlan {
  const { product, rows, next, fillGaps, removals } = input
  const known = rows.map((row) => ({ id: row.id, values: row.optionValues }))
  const planned = planOptions({ optionCount: product.optionNames.length, variants: known, next, fillGaps })
  if (!planned.ok) throw new Refusal({ reason: planned.reason })
  const { remove } = planned.plan
  if (remove.length === 0 || remove.length === removals) return planned.plan
  const going = rows.filter((row) => remove.includes(row.id))
  throw new Refusal({
    reason: 'would-remove',
    variants: going.map((row) => ({
      title: variantTitle(row.optionValues) || 'The variant',
      stock: row.stock,
    })),
  })
}

async function writeMatrix(
  tx: Tx,
  input: { productId: number; plan: OptionPlan; rows: (typeof variants.$inferSelect)[] },
) {
  const before = new Map(input.rows.map((row) => [row.id, row]))
  const moved = input.plan.keep.filter(
    (kept) => kept.values.join('\u001f') !== before.get(kept.id)!.optionValues.join('\u001f'),
  )
  // Variants can swap values, and the unique constraint is checked per row: so all of them get temporary values first.
  for (const { id } of moved)
    await tx
      .update(variants)
      .set({ optionValues: [`\u001f${id}`] })
      .where(eq(variants.id, id))
  for (const { id, values } of moved)
    await tx
      .update(variants)
      .set({ optionValues: values, updatedAt: sql`now()` })
      .where(eq(variants.id, id))
  for (const [index, entry] of input.plan.order.entries())
    if (typeof entry === 'number' && before.get(entry)!.position !== index + 1)
      await tx
        .update(variants)
        .set({ position: index + 1 })
        .where(eq(variants.id, entry))
  if (input.plan.create.length === 0) return

  const model = input.rows.find((row) => !input.plan.remove.includes(row.id)) ?? input.rows[0]
  await tx.insert(variants).values(
    input.plan.order.flatMap((entry, index) =>
      typeof entry === 'number'
        ? []
        : {
            productId: input.productId,
            position: index + 1,
            optionValues: entry,
            price: model?.price ?? null,
            compareAtPrice: model?.compareAtPrice ?? null,
            cost: model?.cost ?? null,
            weightGrams: model?.weightGrams ?? 0,
            weightUnit: model?.weightUnit ?? 'kg',
            trackStock: model?.trackStock ?? true,
            allowBackorder: model?.allowBackorder ?? false,
            requiresShipping: model?.requiresShipping ?? true,
            taxable: model?.taxable ?? true,
          },
    ),
  )
}

/** How many combinations of the product's own values have no variant. */
export async function countGaps(productId: number): Promise<number> {
  const rows = await db
    .select({ values: variants.optionValues })
    .from(variants)
    .where(eq(variants.productId, productId))
  const optionCount = rows[0]?.values.length ?? 0
  if (optionCount === 0) return 0
  let count = 1
  for (let option = 0; option < optionCount; option++)
    count *= new Set(rows.map((row) => row.values[option])).size
  return count - rows.length
}
