import { Link } from '@remix-run/react'
import type { CollectionTile } from '#app/domain/storefront/storefront.ts'
import { urls } from '#app/urls.ts'
import { filledRows, filledSizes } from './filled-rows.ts'
import { ResponsiveImage } from './responsive-image.tsx'

/** Rows without a hole, for any number of collections. `isFirst` for the top of a page. */
export function CollectionTiles({ tiles, isFirst = false }: { tiles: CollectionTile[]; isFirst?: boolean }) {
  const rows = filledRows(tiles.length, { narrow: 2, medium: 3, wide: 3 })
  return (
    <ul role="list" className="tiles filled">
      {tiles.map((tile, index) => (
        <li key={tile.id} className="tile" {...rows[index]}>
          <div className="tile__art">
            <ResponsiveImage
              image={tile.image}
              seed={tile.title}
              sizes={filledSizes(rows[index]!)}
              frame={5 / 4}
              isFirst={isFirst && index === 0}
              alt=""
            />
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
