import { and, isNotNull, lt, sql } from 'drizzle-orm'
import { db } from '#db/client.ts'
import { cartLines } from '#db/schema/index.ts'

/** Deletes the searches from cart lines that are older than these days. */
export async function deleteOldCartSearches(days: number): Promise<void> {
  await db
    .update(cartLines)
    .set({ searchQuery: null })
    .where(
      and(
        isNotNull(cartLines.searchQuery),
        lt(cartLines.createdAt, sql`now() - make_interval(days => ${days}::int)`),
      ),
    )
}
