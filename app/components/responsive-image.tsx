import type { ShopImage } from '#app/domain/storefront/storefront.ts'
import { fillsFrame, imageSources } from '#app/domain/media/image.ts'
import { MissingImage } from './missing-image.tsx'

/**
 * An image in its available widths and formats, or a tile where there is none. Fills its frame, which sets the aspect
 * ratio. `sizes` is the frame's width, as in CSS.
 */
export function ResponsiveImage({
  image,
  seed,
  sizes,
  frame,
  isFirst = false,
  alt,
}: {
  image: ShopImage | null
  /** Whose initials are shown when there is no image. */
  seed: string
  sizes: string
  /** Width by height of the frame: an image that would lose too much in it is shown whole. */
  frame?: number
  /** Above the fold: loaded eagerly, with high priority. */
  isFirst?: boolean
  /** Replaces the image's own alt text; empty where a title next to it says the same. */
  alt?: string
}) {
  if (!image) return <MissingImage name={seed} />
  const sources = imageSources(image)
  const isWhole = frame !== undefined && !fillsFrame(image, frame)
  return (
    <picture
      className={isWhole ? 'picture picture--whole' : 'picture'}
      style={image.color ? { backgroundColor: groundOf(image.color) } : undefined}
    >
      <source type="image/avif" srcSet={sources.avif} sizes={sizes} />
      <source type="image/webp" srcSet={sources.webp} sizes={sizes} />
      <img
        src={sources.fallback}
        width={image.width}
        height={image.height}
        alt={alt ?? image.alt}
        loading={isFirst ? 'eager' : 'lazy'}
        decoding="async"
        {...(isFirst ? { fetchpriority: 'high' } : {})}
      />
    </picture>
  )
}

/** The average of a photo on white is a light gray, which would show as a frame around it. */
function groundOf(color: string): string {
  return /^#(e[6-9a-f]|f.){3}$/.test(color) ? '#ffffff' : color
}
