import { eq } from 'drizzle-orm'
import sharp, { type Sharp } from 'sharp'
import { db, transaction } from '#db/client.ts'
import { media, mediaRenditions } from '#db/schema/media.ts'
import { fallbackWidthOf, renditionWidths } from './image.ts'

type Rendition = { width: number; format: 'avif' | 'webp' | 'jpeg'; bytes: Buffer }
type Made = { width: number; height: number; color: string; renditions: Rendition[] }

const maxPixels = 25e6
/** WebP's own limit. */
const maxHeight = 16_383

// One thread per image: the shop's pages need the others.
sharp.concurrency(1)
sharp.cache(false)

/**
 * Creates an image's renditions: AVIF and WebP in each width, JPEG in one, rotated by EXIF, in sRGB, without metadata,
 * the first frame of an animation. The color shown until it has loaded, and behind it, is its average; white behind a
 * transparent image. A file that cannot be decoded is marked as failed, with a message. Safe to run
 * twice.
 */
export async function makeRenditions(hash: string): Promise<void> {
  const [found] = await db
    .select({ status: media.status, original: media.original })
    .from(media)
    .where(eq(media.hash, hash))
  if (!found || found.status === 'ready') return
  const made = await render(found.original)
  if (typeof made === 'string') {
    await db.update(media).set({ status: 'failed', error: made }).where(eq(media.hash, hash))
    return
  }
  const { renditions, ...facts } = made
  await transaction(async (tx) => {
    await tx.delete(mediaRenditions).where(eq(mediaRenditions.hash, hash))
    await tx.insert(mediaRenditions).values(renditions.map((rendition) => ({ hash, ...rendition })))
    await tx
      .update(media)
      .set({ status: 'ready', error: null, ...facts })
      .where(eq(media.hash, hash))
  })
}

/** The renditions, or a message why there are none. */
async function render(original: Buffer): Promise<Made | string> {
  try {
    const input = sharp(original, { limitInputPixels: maxPixels, failOn: 'error' })
    const { autoOrient } = await input.metadata()
    const { width, height } = autoOrient
    const widths = renditionWidths(width)
    const largest = widths.at(-1)!
    if ((height * largest) / width > maxHeight) return 'The image is too tall for its width.'

    const { data, info } = await input
      .autoOrient()
      .resize({ width: largest })
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true })
    const pixels = () =>
      sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
    const renditions: Rendition[] = []
    for (const step of widths) {
      const sized = pixels().resize({ width: step })
      renditions.push({
        width: step,
        format: 'avif',
        bytes: await sized.clone().avif({ quality: 55, effort: 3 }).toBuffer(),
      })
      renditions.push({
        width: step,
        format: 'webp',
        bytes: await sized.clone().webp({ quality: 78 }).toBuffer(),
      })
    }
    const jpegWidth = fallbackWidthOf(width)
    const jpeg = await pixels()
      .resize({ width: jpegWidth })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 80, mozjpeg: true })
      .toBuffer()
    renditions.push({ width: jpegWidth, format: 'jpeg', bytes: jpeg })
    const { isOpaque } = await pixels().stats()
    return { width, height, color: isOpaque ? await averageColor(pixels()) : '#ffffff', renditions }
  } catch (error) {
    return failureMessages(error)
  }
}

async function averageColor(image: Sharp): Promise<string> {
  const pixel = await image
    .flatten({ background: '#ffffff' })
    .resize(1, 1, { fit: 'fill' })
    .toColourspace('srgb')
    .raw()
    .toBuffer()
  const [red = 0, green = red, blue = red] = pixel.length >= 3 ? pixel : [pixel[0]]
  return `#${[red, green, blue].map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}

function failureMessages(error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  if (/pixel limit/i.test(message)) return 'The image has more than 25 million pixels. Upload a smaller one.'
  return 'The file is damaged, incomplete or not a supported image.'
}
