import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { db } from '#db/client.ts'

/** Checks the invariants of the shop; each row is a violated rule. */
export async function findInvariantViolations(): Promise<unknown[]> {
  const invariants = await readFile(path.join(import.meta.dirname, 'invariants.sql'), 'utf8')
  return [...(await db.execute(sql.raw(invariants)))]
}
