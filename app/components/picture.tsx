import type { ShopImage } from '#app/domain/catalog/catalog.ts'
import { pictureSources } from '#app/domain/media/picture.ts'
import { Placeholder } from './placeholder.tsx'

/**
 * A picture in the widths and formats that the shop has of it, or a drawing where there is none. Fills its
 * frame; the frame has the shape. `sizes` says how wide the frame is, as CSS does.
 */
export function Picture({
  image,
  words,
  sizes,
  isFirst = false,
  alt,
}: {
  image: ShopImage | null
  /** What the drawing is derived from when there is no picture. */
  words: string
  sizes: string
  /** Of the first screen: loaded at once, and first. */
  isFirst?: boolean
  /** Instead of the picture's own text; empty where a title beside it says the same. */
  alt?: string
}) {
  if (!image) return <Placeholder of={words} />
  const sources = pictureSources(image)
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
