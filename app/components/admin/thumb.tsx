import { Placeholder } from '#app/components/placeholder.tsx'
import { urls } from '#app/urls.ts'

/** A small square picture; decorative, since the title stands beside it. */
export function Thumb({ image, words }: { image: { hash: string; width: number } | null; words: string }) {
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
        <Placeholder of={words} />
      )}
    </span>
  )
}
