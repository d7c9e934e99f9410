import { useState } from 'react'
import type { ProductImage, ProductPage } from '#app/domain/storefront/storefront.ts'
import { ResponsiveImage } from '#app/components/responsive-image.tsx'
import { largestRendition } from '#app/domain/media/image.ts'
import { Zoom } from './zoom.tsx'

/** The frame is at most as high as the window (product.css). */
const sizes = '(min-width: 60rem) min(56vw, 80vh), 100vw'

/**
 * All images in a scroll-snap row, with thumbnails that link to them; the selected variant's image comes first. Each
 * image links to its largest size. With JavaScript that opens above the page, and a thumbnail scrolls the row without
 * scrolling the page.
 */
export function Gallery({
  product,
  frame,
  firstImageId,
}: {
  product: ProductPage
  /** Width by height of the frame. */
  frame: number
  firstImageId: number | null
}) {
  const [zoomed, setZoomed] = useState<number | null>(null)
  const first = product.images.filter(({ id }) => id === firstImageId)
  const images = [...first, ...product.images.filter(({ id }) => id !== firstImageId)]
  if (images.length === 0)
    return (
      <div className="gallery">
        <div className="gallery__frame">
          <ResponsiveImage image={null} seed={product.title} sizes={sizes} />
        </div>
      </div>
    )
  return (
    <div className="gallery">
      <ul role="list" className="gallery__row" aria-label="Product images">
        {images.map((image, index) => (
          <li key={image.id} id={`image-${image.id}`} className="gallery__frame">
            <a
              href={largestRendition(image)}
              aria-label={`Enlarge image ${index + 1} of ${images.length}`}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return
                event.preventDefault()
                setZoomed(index)
              }}
            >
              <ResponsiveImage
                image={image}
                seed={product.title}
                sizes={sizes}
                frame={frame}
                isFirst={index === 0}
                alt={image.alt || `${product.title}, image ${index + 1}`}
              />
            </a>
          </li>
        ))}
      </ul>
      {images.length > 1 && <Thumbnails images={images} title={product.title} />}
      {zoomed !== null && (
        <Zoom images={images} title={product.title} start={zoomed} onClose={() => setZoomed(null)} />
      )}
    </div>
  )
}

/** The frame has the shape of the product's first image, unless that is very wide or very tall. */
export function galleryFrame([image]: ProductImage[]): number {
  if (!image) return 1
  return Number(Math.min(1.5, Math.max(0.7, image.width / image.height)).toFixed(3))
}

function Thumbnails({ images, title }: { images: ProductImage[]; title: string }) {
  return (
    <ul role="list" className="gallery__thumbs">
      {images.map((image, index) => (
        <li key={image.id}>
          <a
            href={`#image-${image.id}`}
            aria-label={`Image ${index + 1} of ${images.length}`}
            onClick={(event) => {
              event.preventDefault()
              const frame = document.getElementById(`image-${image.id}`)
              frame?.scrollIntoView({ block: 'nearest', inline: 'start', behavior: 'smooth' })
            }}
          >
            <ResponsiveImage image={image} seed={title} sizes="5rem" alt="" />
          </a>
        </li>
      ))}
    </ul>
  )
}
