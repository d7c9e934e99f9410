import type { ProductPage } from '#app/domain/storefront/storefront.ts'
import { ResponsiveImage } from '#app/components/responsive-image.tsx'

const sizes = '(min-width: 60rem) 55vw, 100vw'

/**
 * All images in a scroll-snap row, with thumbnails that link to them; the selected variant's image comes first. With
 * JavaScript a thumbnail scrolls the row without scrolling the page.
 */
export function Gallery({ product, firstImageId }: { product: ProductPage; firstImageId: number | null }) {
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
      <ul
        role="list"
        className="gallery__row"
        tabIndex={images.length > 1 ? 0 : undefined}
        aria-label="Product images"
      >
        {images.map((image, index) => (
          <li key={image.id} id={`image-${image.id}`} className="gallery__frame">
            <ResponsiveImage
              image={image}
              seed={product.title}
              sizes={sizes}
              isFirst={index === 0}
              alt={image.alt || `${product.title}, image ${index + 1}`}
            />
          </li>
        ))}
      </ul>
      {images.length > 1 && (
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
                <ResponsiveImage image={image} seed={product.title} sizes="5rem" alt="" />
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
