import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'drizzle-orm'
import { db } from '#db/client.ts'

/** What has to be true of the shop at any moment; each row of the answer is a rule that was broken. */
export async function brokenInvariants(): Promise<unknown[]> {
  const invariants = await readFile(path.join(import.meta.dirname, 'invariants.sql'), 'utf8')
  return [...(await db.execute(sql.raw(invariants)))]
}
