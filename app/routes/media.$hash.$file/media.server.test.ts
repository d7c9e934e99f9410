import { crc32, deflateSync } from 'node:zlib'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { beforeEach, expect, test } from 'vitest'
import { db } from '#db/client.ts'
import { media, mediaRenditions } from '#db/schema/media.ts'
import { makeRenditions } from '#app/domain/media/make-renditions.server.ts'
import { storeUpload } from '#app/domain/media/store-upload.server.ts'
import { maxImageBytes } from '#app/domain/media/upload.ts'
import { asSuperuser } from '#tests/support/database.ts'
import { loader } from './route.ts'

beforeEach(async () => {
  await asSuperuser((psql) => psql`truncate media cascade`)
})

const red = (width = 700, height = 400) =>
  sharp({ create: { width, height, channels: 3, background: '#c03020' } })

async function store(bytes: Uint8Array, filename = 'picture.jpg') {
  const result = await storeUpload({ bytes, filename })
  if (!result.ok) throw new Error(result.reason)
  await makeRenditions(result.hash)
  const [row] = await db.select().from(media).where(eq(media.hash, result.hash))
  return row!
}

function get(hash: string, file: string, headers: Record<string, string> = {}) {
  const request = new Request(`http://shop.test/media/${hash}/${file}`, { headers })
  return loader({ request, params: { hash, file }, context: {} as never })
}

test('makeRenditions creates AVIF and WebP in each width and one JPEG', async () => {
  const row = await store(await red().jpeg().toBuffer())
  expect(row).toMatchObject({ status: 'ready', width: 700, height: 400, contentType: 'image/jpeg' })
  expect(row.color).toMatch(/^#(bf|c0)\w{4}$/)
  const made = await db.select().from(mediaRenditions).orderBy(mediaRenditions.width, mediaRenditions.format)
  expect(made.map(({ width, format }) => `${width}.${format}`).sort()).toEqual(
    ['320.avif', '320.webp', '640.avif', '640.webp', '700.avif', '700.webp', '700.jpeg'].sort(),
  )
  for (const { width, bytes } of made) expect(await sharp(bytes).metadata()).toMatchObject({ width })
})

test('a transparent image is shown on white, whatever its own color', async () => {
  const cutOut = sharp({ create: { width: 60, height: 60, channels: 4, background: '#c0302080' } })
  expect((await store(await cutOut.png().toBuffer())).color).toBe('#ffffff')
  const opaque = sharp({ create: { width: 60, height: 60, channels: 4, background: '#c03020ff' } })
  expect((await store(await opaque.png().toBuffer())).color).toMatch(/^#(bf|c0)/)
})

test('an image is stored once, and the job may run twice', async () => {
  const bytes = await red().png().toBuffer()
  const first = await store(bytes, 'a.png')
  expect(await store(bytes, 'b.png')).toEqual(first)
  expect(await db.$count(media)).toBe(1)
})

test('makeRenditions rotates images upright and removes metadata', async () => {
  const bytes = await red(400, 200)
    .withExif({ IFD0: { Artist: 'Olga', Orientation: '6' } })
    .jpeg()
    .toBuffer()
  const turned = await sharp(bytes).metadata()
  const row = await store(bytes)
  expect([row.width, row.height]).toEqual([turned.autoOrient.width, turned.autoOrient.height])
  const [jpeg] = await db.select().from(mediaRenditions).where(eq(mediaRenditions.format, 'jpeg'))
  expect((await sharp(jpeg!.bytes).metadata()).exif).toBeUndefined()
})

test('makeRenditions converts CMYK to sRGB, keeps transparency and uses the first frame', async () => {
  const cmyk = await store(await red().toColourspace('cmyk').jpeg().toBuffer())
  expect(cmyk.status).toBe('ready')
  const [jpeg] = await db.select().from(mediaRenditions).where(eq(mediaRenditions.format, 'jpeg'))
  expect((await sharp(jpeg!.bytes).metadata()).space).toBe('srgb')

  const clear = await sharp({ create: { width: 50, height: 50, channels: 4, background: '#00000000' } })
    .png()
    .toBuffer()
  const row = await store(clear)
  const webp = await get(row.hash, '50.webp')
  expect((await sharp(Buffer.from(await webp.arrayBuffer())).metadata()).hasAlpha).toBe(true)

  const frames = await sharp([await red(60, 60).png().toBuffer(), clear], {
    join: { animated: true },
  })
    .gif()
    .toBuffer()
  const gif = await store(frames, 'moving.gif')
  expect(gif).toMatchObject({ status: 'ready', contentType: 'image/gif' })
  expect(gif.height).toBeLessThanOrEqual(60)
})

test('a decompression bomb is refused by its declared size', async () => {
  const started = performance.now()
  const row = await store(hugePng(30_000, 30_000))
  expect(row).toMatchObject({ status: 'failed', error: expect.stringContaining('25 million pixels') })
  expect(performance.now() - started).toBeLessThan(3000)
})

test('truncated and fake images fail with a message', async () => {
  const whole = await red(900, 900).jpeg({ quality: 100 }).toBuffer()
  expect(await store(whole.subarray(0, whole.length / 2))).toMatchObject({
    status: 'failed',
    error: expect.stringContaining('damaged'),
  })
  const fake = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from('<script>alert(1)</script>')])
  expect(await store(fake)).toMatchObject({ status: 'failed' })
  expect(await db.$count(mediaRenditions)).toBe(0)
})

test('an image with embedded HTML is served without it', async () => {
  const polyglot = Buffer.concat([
    await red(100, 100).jpeg().toBuffer(),
    Buffer.from('<script>alert(1)</script>'),
  ])
  const row = await store(polyglot, 'page.html')
  const response = await get(row.hash, '100.jpeg')
  expect(Buffer.from(await response.arrayBuffer()).includes('<script>')).toBe(false)
  expect(response.headers.get('content-type')).toBe('image/jpeg')
})

test('storeUpload checks the content, not the file name', async () => {
  expect(await store(await red().webp().toBuffer(), 'photo.exe')).toMatchObject({ contentType: 'image/webp' })
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  expect(await storeUpload({ bytes: svg, filename: 'photo.png' })).toEqual({ ok: false, reason: 'svg' })
  expect(await storeUpload({ bytes: Buffer.alloc(0), filename: 'a.jpg' })).toEqual({
    ok: false,
    reason: 'empty',
  })
})

test('storeUpload stops reading after 25 MB', async () => {
  let given = 0
  async function* endless() {
    for (;;) {
      given += 1024 * 1024
      yield Buffer.alloc(1024 * 1024)
    }
  }
  expect(await storeUpload({ bytes: endless(), filename: 'a.jpg' })).toEqual({
    ok: false,
    reason: 'too-large',
  })
  expect(given).toBeLessThan(maxImageBytes + 2 * 1024 * 1024)
})

test('renditions are served as immutable, with their own content type', async () => {
  const row = await store(await red().jpeg().toBuffer())
  const response = await get(row.hash, '320.avif')
  expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(response.headers.get('content-security-policy')).toContain('sandbox')
  const again = await get(row.hash, '320.avif', { 'if-none-match': response.headers.get('etag')! })
  expect(again.status).toBe(304)
  for (const file of ['321.avif', '320.png', '0320.avif', '320.avif.html', '../320.avif'])
    await expect(get(row.hash, file)).rejects.toMatchObject({ status: 404 })
  await expect(get('b'.repeat(64), '320.avif')).rejects.toMatchObject({ status: 404 })
})

/** A PNG that declares a huge size and contains almost nothing. */
function hugePng(width: number, height: number): Buffer {
  const chunk = (type: string, body: Buffer) => {
    const named = Buffer.concat([Buffer.from(type), body])
    const size = Buffer.alloc(4)
    size.writeUInt32BE(body.length)
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(named))
    return Buffer.concat([size, named, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(1000))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
