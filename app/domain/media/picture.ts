import { urls } from '#app/urls.ts'

/** Which sizes of a picture exist, and how a page names them. */

const steps = [320, 640, 960, 1280, 1920]

/** The one width that old browsers, mails and previews get, as JPEG. */
const fallbackWidth = 960

/** The widths a picture is kept in: the steps below its own, and its own if that is not beyond the last step. */
export function renditionWidths(width: number): number[] {
  const last = steps.at(-1)!
  return width > last ? steps : [...steps.filter((step) => step < width), width]
}

export function fallbackWidthOf(width: number): number {
  return Math.min(fallbackWidth, width)
}

export type PictureSources = { avif: string; webp: string; fallback: string }

export function pictureSources({ hash, width }: { hash: string; width: number }): PictureSources {
  const widths = renditionWidths(width)
  const srcSet = (format: 'avif' | 'webp') =>
    widths.map((step) => `${urls.media(hash, step, format)} ${step}w`).join(', ')
  return {
    avif: srcSet('avif'),
    webp: srcSet('webp'),
    fallback: urls.media(hash, fallbackWidthOf(width), 'jpeg'),
  }
}
