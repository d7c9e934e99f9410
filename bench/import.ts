import { eq } from 'drizzle-orm'
import postgres from 'postgres'
import { applyImport } from '#app/domain/imports/apply-import.server.ts'
import { getImport, startApplying } from '#app/domain/imports/imports.server.ts'
import { readImport } from '#app/domain/imports/read-import.server.ts'
import { receiveImport } from '#app/domain/imports/receive-import.server.ts'
import { closeDb, connect, db } from '#db/client.ts'
import { closeOutbox, openOutbox } from '#db/outbox.ts'
import { imports } from '#db/schema/imports.ts'
import { createShop } from '#tests/support/cast.ts'
import { createScratchDatabase, startScratchServer } from '#tests/support/scratch.ts'
import { compare, type Figure, median, single } from './figures.ts'

const runs = 3
const mebibyte = 2 ** 20

/**
 * An import of a product file, through the same functions as the admin: upload, read and compare, apply. The reference
 * writes the same rows as bare multi-row INSERTs, a hundred products in a transaction. A file five times as large must
 * not take more memory.
 */
export async function run({ small = 20_000, large = 100_000 } = {}): Promise<Figure[]> {
  const server = await startScratchServer()
  try {
    const url = await createScratchDatabase(server, 'bench')
    connect(url)
    await openOutbox()
    const { olga } = await createShop()
    const plain = postgres(url, { max: 1, onnotice: () => {} })
    await importFile({ name: 'warm', count: 1000, by: olga })

    const smalls: Awaited<ReturnType<typeof importFile>>[] = []
    const reference: number[] = []
    for (let turn = 0; turn < runs; turn += 1) {
      smalls.push(await importFile({ name: `small${turn}`, count: small, by: olga }))
      reference.push(await insertPlain(plain, `plain${turn}`, small))
    }
    const again = await importFile({ name: 'small0', count: small, by: olga, overwrite: true })
    const largeOne = await importFile({ name: 'large', count: large, by: olga })
    await plain.end()
    await closeOutbox()
    await closeDb()
    const peak = Math.max(...smalls.map((each) => each.peak))
    return figuresOf({ smalls, reference, again, largeOne, peak })
  } finally {
    await server.stop()
  }
}

type Imported = Awaited<ReturnType<typeof importFile>>

function figuresOf(input: {
  smalls: Imported[]
  reference: number[]
  again: Imported
  largeOne: Imported
  peak: number
}): Figure[] {
  const { smalls, reference, again, largeOne, peak } = input
  const whole = ({ count, readMs, applyMs }: Imported) => (count * 1000) / (readMs + applyMs)
  const typical = median(smalls.map(whole))
  const slowest = Math.round(Math.min(...smalls.map(whole)))
  const small = again.count
  const growth = (largeOne.peak - peak) / mebibyte
  return [
    single({
      what: `${small} products, read and applied (slowest of ${runs}: ${slowest})`,
      unit: 'products/s',
      value: typical,
      goal: '>= 1000',
      holds: typical >= 1000,
    }),
    compare({
      what: 'applied, against bare INSERTs of the same rows',
      unit: 'products/s',
      ours: smalls.map(({ count, applyMs }) => (count * 1000) / applyMs),
      reference,
    }),
    single({
      what: 'read only, new products',
      unit: 'products/s',
      value: (small * 1000) / smalls.at(-1)!.readMs,
    }),
    single({
      what: 'read only, existing unchanged products',
      unit: 'products/s',
      value: (small * 1000) / again.readMs,
    }),
    single({
      what: `${largeOne.count} products, read and applied`,
      unit: 'products/s',
      value: whole(largeOne),
      goal: '>= 1000',
      holds: whole(largeOne) >= 1000,
    }),
    single({ what: `peak memory, ${small} products`, unit: 'MiB', value: peak / mebibyte }),
    single({
      what: `additional peak memory for ${largeOne.count} products`,
      unit: 'MiB',
      value: growth,
      goal: '< 100',
      holds: growth < 100,
    }),
  ]
}

async function importFile(input: { name: string; count: number; by: number; overwrite?: boolean }) {
  const { name, count, by, overwrite = false } = input
  let peak = process.memoryUsage.rss()
  const sampler = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20)
  const received = await receiveImport({
    filename: `${name}.csv`,
    bytes: productFile(name, count),
    overwrite,
    by,
  })
  if (!received.ok) throw new Error(received.reason)
  const { id } = received
  const readMs = await timed(() => readImport(id, new Date()))
  await startApplying(id, by)
  const applyMs = await timed(() => applyImport(id))
  clearInterval(sampler)
  const found = (await getImport(id))!
  const seen = found.appliedCount + found.unchangedCount
  if (seen !== count) throw new Error(`${seen} of ${count} products imported: ${found.failure}`)
  await db.delete(imports).where(eq(imports.id, id))
  return { count, readMs, applyMs, peak }
}

const header =
  'Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,Variant Price,Variant Compare At Price,Variant Requires Shipping,Variant Taxable,Variant Barcode,Image Src,Image Position,Image Alt Text,Gift Card,SEO Title,Google Shopping / Condition,Variant Weight Unit,Status\n'
const body = `<p>Made by hand in small batches, which is why no two pieces are quite alike.</p><ul><li>Dishwasher safe</li><li>Fired at <strong>1240</strong> degrees</li></ul><p>${'Pleasant to hold, easy to keep. '.repeat(10)}</p>`

/** Two products in three have one variant, the third has three; each has two images. */
export async function* productFile(name: string, count: number): AsyncGenerator<Uint8Array> {
  let text = header
  for (let index = 0; index < count; index += 1) {
    text += rowsOf(name, index)
    if (text.length < 60_000) continue
    yield Buffer.from(text)
    text = ''
  }
  yield Buffer.from(text)
}

function rowsOf(name: string, index: number): string {
  const handle = `${name}-${index}`
  const sizes = sizesOf(index)
  const [option, first] = sizes ? ['Size', sizes[0]] : ['Title', 'Default Title']
  const price = (5 + (index % 90)).toFixed(2)
  const variant = (value: string, title: string, facts: string, image: number) =>
    `${handle},${title},${facts},${value},${handle}-${value.slice(0, 1)},250,shopify,${1 + (index % 20)},deny,${price},,true,true,,https://pictures.example/${handle}/${image}.jpg,${image},A piece on a table,${title && 'false'},,${title && 'new'},kg,${title && 'active'}\n`
  const facts = `"${body}",Kiln & Co,Bowl,"stoneware, kitchen",true,${option}`
  const noFacts = ',,,,,'
  const rest = sizes ? sizes.slice(1).map((value, at) => variant(value, '', noFacts, at + 2)) : []
  return variant(first!, `Bowl number ${index}`, facts, 1) + rest.join('')
}

function sizesOf(index: number): string[] | null {
  return index % 3 === 0 ? ['S', 'M', 'L'] : null
}

/** Only the rows of the same products: no file, no checks, no comparison. */
async function insertPlain(plain: postgres.Sql, name: string, count: number): Promise<number> {
  const ms = await timed(async () => {
    for (let from = 0; from < count; from += 100) await insertHundred(plain, name, from)
  })
  return (count * 1000) / ms
}

async function insertHundred(plain: postgres.Sql, name: string, from: number): Promise<void> {
  const wanted = Array.from({ length: 100 }, (_, at) => from + at)
  await plain.begin(async (tx) => {
    const products = await tx`insert into products ${tx(
      wanted.map((index) => ({
        handle: `${name}-${index}`,
        title: `Bowl number ${index}`,
        description: body,
        vendor: 'Kiln & Co',
        type: 'Bowl',
        tags: ['stoneware', 'kitchen'],
        status: 'active',
        published_at: new Date(),
        option_names: sizesOf(index) ? ['Size'] : [],
        price_min: 500,
        price_max: 500,
        extra: tx.json({ 'Gift Card': 'false' }),
      })),
    )} returning id`
    const made = products.map(({ id }, at) => ({ id: Number(id), index: from + at }))
    await tx`insert into product_images ${tx(
      made.flatMap(({ id, index }) =>
        (sizesOf(index) ?? ['']).map((_, at) => ({
          product_id: id,
          position: at + 1,
          alt: 'A piece on a table',
          source_url: `https://pictures.example/${name}-${index}/${at}.jpg`,
        })),
      ),
    )}`
    const variants = await tx`insert into variants ${tx(
      made.flatMap(({ id, index }) =>
        (sizesOf(index) ?? ['']).map((value, at) => ({
          product_id: id,
          position: at + 1,
          option_values: value ? [value] : [],
          sku: `${name}-${index}-${value}`,
          price: 500,
          weight_grams: 250,
          stock: 1 + (index % 20),
        })),
      ),
    )} returning id, stock`
    await tx`insert into stock_ledger ${tx(
      variants.map(({ id, stock }) => ({
        variant_id: Number(id),
        delta: stock,
        balance: stock,
        reason: 'initial',
      })),
    )}`
  })
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}
