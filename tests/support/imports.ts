import { applyImport } from '#app/domain/imports/apply-import.server.ts'
import { getImport, startApplying } from '#app/domain/imports/imports.server.ts'
import { readImport } from '#app/domain/imports/read-import.server.ts'
import { receiveImport } from '#app/domain/imports/receive-import.server.ts'
import { now } from './cast.ts'
import { inChunks } from './read-csv.ts'

type Csv = { text: string | Buffer; by: number; overwrite?: boolean }

/** Uploads a product CSV; returns the import's ID. */
export async function uploadCsv({ text, by, overwrite = true }: Csv): Promise<number> {
  const bytes = inChunks(Buffer.from(text), 100_000)
  const result = await receiveImport({ filename: 'products.csv', bytes, overwrite, by })
  if (!result.ok) throw new Error(result.reason)
  return result.id
}

/** Uploads a product CSV and compares it with the catalog. */
export async function checkCsv(csv: Csv) {
  const id = await uploadCsv(csv)
  await readImport(id, now)
  return (await getImport(id))!
}

/** Applies an import that is ready. */
export async function applyCsv({ id, by }: { id: number; by: number }) {
  const started = await startApplying(id, by)
  if (!started.ok) throw new Error(started.reason)
  await applyImport(id)
  return (await getImport(id))!
}
