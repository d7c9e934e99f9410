import { NoImageIcon } from '#app/components/icons.tsx'
import { urls } from '#app/urls.ts'

/** A small square image, whole and decorative, since the title is next to it; a crossed-out image where there is none. */
export function Thumbnail({ image }: { image: { hash: string; width: number } | null }) {
  if (!image)
    return (
      <span className="thumb thumb--none" title="No image">
        <NoImageIcon />
      </span>
    )
  return (
    <span className="thumb">
      <img
        src={urls.media(image.hash, Math.min(320, image.width), 'webp')}
        alt=""
        width="40"
        height="40"
        loading="lazy"
        decoding="async"
      />
    </span>
  )
}
