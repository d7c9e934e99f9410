import { urls } from '#app/urls.ts'

/** Which sizes of an image exist, and their URLs. */

const standardWidths = [320, 640, 960, 1280, 1920]

/** The one width for old browsers, emails and previews, as JPEG. */
const fallbackWidth = 960

/** The widths of an image's renditions: the standard ones below its own, and its own up to the largest. */
export function renditionWidths(width: number): number[] {
  const last = standardWidths.at(-1)!
  return width > last ? standardWidths : [...standardWidths.filter((step) => step < width), width]
}

export function fallbackWidthOf(width: number): number {
  return Math.min(fallbackWidth, width)
}

export type ImageSources = { avif: string; webp: string; fallback: string }

export function imageSources({ hash, width }: { hash: string; width: number }): ImageSources {
  const widths = renditionWidths(width)
  const srcSet = (format: 'avif' | 'webp') =>
    widths.map((step) => `${urls.media(hash, step, format)} ${step}w`).join(', ')
  return {
    avif: srcSet('avif'),
    webp: srcSet('webp'),
    fallback: urls.media(hash, fallbackWidthOf(width), 'jpeg'),
  }
}

/** Whether an image cut to a frame (width by height) keeps at least 70% of itself. */
export function fillsFrame({ width, height }: { width: number; height: number }, frame: number): boolean {
  const ratio = width / height / frame
  return Math.min(ratio, 1 / ratio) >= 0.7
}

/** The URL of the largest rendition, for looking at details. */
export function largestRendition({ hash, width }: { hash: string; width: number }): string {
  return urls.media(hash, renditionWidths(width).at(-1)!, 'webp')
}
