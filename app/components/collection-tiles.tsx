import { Link } from '@remix-run/react'
import type { CollectionTile } from '#app/domain/storefront/storefront.ts'
import { urls } from '#app/urls.ts'
import { ResponsiveImage } from './responsive-image.tsx'

const sizes = '(min-width: 72rem) 30vw, (min-width: 40rem) 45vw, 94vw'

export function CollectionTiles({ tiles }: { tiles: CollectionTile[] }) {
  return (
    <ul role="list" className="tiles">
      {tiles.map((tile) => (
        <li key={tile.id} className="tile">
          <div className="tile__art">
            <ResponsiveImage image={tile.image} seed={tile.title} sizes={sizes} frame={5 / 4} alt="" />
          </div>
          <h3 className="tile__title">
            <Link to={urls.collection(tile.handle)} prefetch="intent" dir="auto">
              {tile.title}
            </Link>
          </h3>
        </li>
      ))}
    </ul>
  )
}
