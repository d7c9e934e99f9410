import { useLayoutEffect, useRef, useState } from 'react'
import { ArrowIcon, CloseIcon } from '#app/components/icons.tsx'
import { Modal } from '#app/components/modal.tsx'
import { ResponsiveImage } from '#app/components/responsive-image.tsx'
import type { ProductImage } from '#app/domain/storefront/storefront.ts'

type Point = { x: number; y: number }

/**
 * The images above the page, one at a time. A click or Enter enlarges the image around that point, and it can then be
 * scrolled; the arrow keys change the image. Phones zoom by pinching, as in every page.
 */
export function Zoom({
  images,
  title,
  start,
  onClose,
}: {
  images: ProductImage[]
  title: string
  start: number
  onClose: () => void
}) {
  const [index, setIndex] = useState(start)
  /** Which part of the image is enlarged, from 0 to 1; null for the whole image. */
  const [center, setCenter] = useState<Point | null>(null)
  const stage = useRef<HTMLDivElement>(null)
  const image = images[index]!

  useLayoutEffect(() => {
    const { current } = stage
    if (!current || !center) return
    current.scrollLeft = current.scrollWidth * center.x - current.clientWidth / 2
    current.scrollTop = current.scrollHeight * center.y - current.clientHeight / 2
  }, [center])

  const show = (step: number) => {
    setCenter(null)
    setIndex((index + step + images.length) % images.length)
  }

  return (
    <Modal
      label={`Images of ${title}`}
      className="zoom"
      onClose={onClose}
      onKeyDown={(event) => {
        if (center || images.length === 1) return
        if (event.key === 'ArrowRight') show(1)
        if (event.key === 'ArrowLeft') show(-1)
      }}
    >
      <div className="zoom__stage" ref={stage}>
        <button
          type="button"
          className="zoom__image"
          aria-label={center ? 'Show the whole image' : 'Enlarge'}
          style={{ '--natural': `${image.width}px` } as React.CSSProperties}
          data-large={center ? '' : undefined}
          onClick={(event) => setCenter(center ? null : pointOf(event))}
        >
          <ResponsiveImage
            key={image.id}
            image={image}
            seed={title}
            sizes={center ? '1920px' : '100vw'}
            alt={image.alt || `${title}, image ${index + 1}`}
            isFirst
          />
        </button>
      </div>
      <div className="zoom__bar">
        {images.length > 1 && <Steps index={index} count={images.length} onStep={show} />}
        <form method="dialog">
          <button className="icon-button" aria-label="Close">
            <CloseIcon />
          </button>
        </form>
      </div>
    </Modal>
  )
}

function Steps({ index, count, onStep }: { index: number; count: number; onStep: (step: number) => void }) {
  return (
    <>
      <button type="button" className="icon-button" aria-label="Previous image" onClick={() => onStep(-1)}>
        <ArrowIcon back />
      </button>
      <p role="status" className="small numeric">
        {index + 1} of {count}
      </p>
      <button type="button" className="icon-button" aria-label="Next image" onClick={() => onStep(1)}>
        <ArrowIcon />
      </button>
    </>
  )
}

/** Where the image was clicked; its middle for the keyboard, whose clicks have no position. */
function pointOf(event: React.MouseEvent<HTMLElement>): Point {
  if (event.detail === 0) return { x: 0.5, y: 0.5 }
  const box = event.currentTarget.getBoundingClientRect()
  return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height }
}
