import { asc, desc, eq, inArray } from 'drizzle-orm'
import { db, type Tx } from '#db/client.ts'
import { orderLines, returnLines, returns } from '#db/schema/index.ts'

type Reader = Pick<Tx, 'select'>

export type Return = Awaited<ReturnType<typeof listReturns>>[number]

/** The returns of an order, newest first, with their lines. */
export async function listReturns(orderId: number, reader: Reader = db) {
  return withLines(
    await reader.select().from(returns).where(eq(returns.orderId, orderId)).orderBy(desc(returns.id)),
    reader,
  )
}

/** One return with its lines; null when there is none. */
export async function getReturn(returnId: number): Promise<Return | null> {
  const [found] = await withLines(await db.select().from(returns).where(eq(returns.id, returnId)), db)
  return found ?? null
}

async function withLines(rows: (typeof returns.$inferSelect)[], reader: Reader) {
  if (rows.length === 0) return []
  const lines = await reader
    .select({
      returnId: returnLines.returnId,
      orderLineId: returnLines.orderLineId,
      title: orderLines.title,
      variantTitle: orderLines.variantTitle,
      quantity: returnLines.quantity,
      restockedQuantity: returnLines.restockedQuantity,
    })
    .from(returnLines)
    .innerJoin(orderLines, eq(orderLines.id, returnLines.orderLineId))
    .where(
      inArray(
        returnLines.returnId,
        rows.map(({ id }) => id),
      ),
    )
    .orderBy(asc(returnLines.orderLineId))
  return rows.map((row) => ({ ...row, lines: lines.filter(({ returnId }) => returnId === row.id) }))
}
