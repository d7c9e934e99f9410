import { Placeholder } from '#app/components/placeholder.tsx'
import { urls } from '#app/urls.ts'

/** A small square image; decorative, since the title is next to it. */
export function Thumbnail({
  image,
  seed,
}: {
  image: { hash: string; width: number } | null
  /** The seed of the drawing when there is no image. */
  seed: string
}) {
  return (
    <span className="thumb">
      {image ? (
        <img
          src={urls.media(image.hash, Math.min(320, image.width), 'webp')}
          alt=""
          width="40"
          height="40"
          loading="lazy"
          decoding="async"
        />
      ) : (
        <Placeholder seed={seed} />
      )}
    </span>
  )
}
