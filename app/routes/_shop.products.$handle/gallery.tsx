import type { ProductPage } from '#app/domain/catalog/catalog.ts'
import { Picture } from '#app/components/picture.tsx'

const sizes = '(min-width: 60rem) 55vw, 100vw'

/**
 * All pictures in a row that snaps, with thumbnails that are links to them; the chosen version's own picture
 * comes first. With script a thumbnail moves the row without moving the page.
 */
export function Gallery({ product, firstImageId }: { product: ProductPage; firstImageId: number | null }) {
  const first = product.images.filter(({ id }) => id === firstImageId)
  const images = [...first, ...product.images.filter(({ id }) => id !== firstImageId)]
  if (images.length === 0)
    return (
      <div className="gallery">
        <div className="gallery__frame">
          <Picture image={null} words={product.title} sizes={sizes} />
        </div>
      </div>
    )
  return (
    <div className="gallery">
      <ul
        role="list"
        className="gallery__row"
        tabIndex={images.length > 1 ? 0 : undefined}
        aria-label="Pictures"
      >
        {images.map((image, index) => (
          <li key={image.id} id={`picture-${image.id}`} className="gallery__frame">
            <Picture
              image={image}
              words={product.title}
              sizes={sizes}
              isFirst={index === 0}
              alt={image.alt || `${product.title}, picture ${index + 1}`}
            />
          </li>
        ))}
      </ul>
      {images.length > 1 && (
        <ul role="list" className="gallery__thumbs">
          {images.map((image, index) => (
            <li key={image.id}>
              <a
                href={`#picture-${image.id}`}
                aria-label={`Picture ${index + 1} of ${images.length}`}
                onClick={(event) => {
                  event.preventDefault()
                  const frame = document.getElementById(`picture-${image.id}`)
                  frame?.scrollIntoView({ block: 'nearest', inline: 'start', behavior: 'smooth' })
                }}
              >
                <Picture image={image} words={product.title} sizes="5rem" alt="" />
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
