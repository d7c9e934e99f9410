import type { ShopImage } from '#app/domain/storefront/storefront.ts'
import { imageSources } from '#app/domain/media/image.ts'
import { Placeholder } from './placeholder.tsx'

/**
 * An image in its available widths and formats, or a drawing where there is none. Fills its frame, which sets the
 * aspect ratio. `sizes` is the frame's width, as in CSS.
 */
export function ResponsiveImage({
  image,
  seed,
  sizes,
  isFirst = false,
  alt,
}: {
  image: ShopImage | null
  /** The seed of the drawing when there is no image. */
  seed: string
  sizes: string
  /** Above the fold: loaded eagerly, with high priority. */
  isFirst?: boolean
  /** Replaces the image's own alt text; empty where a title next to it says the same. */
  alt?: string
}) {
  if (!image) return <Placeholder seed={seed} />
  const sources = imageSources(image)
  return (
    <picture className="picture">
      <svg className="picture__ground" aria-hidden="true">
        <rect width="100%" height="100%" fill={image.color ?? 'transparent'} />
      </svg>
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
