import { Link } from '@remix-run/react'
import type { CollectionTile } from '#app/domain/catalog/catalog.ts'
import { urls } from '#app/urls.ts'
import { Picture } from './picture.tsx'

const sizes = '(min-width: 72rem) 30vw, (min-width: 40rem) 45vw, 94vw'

export function CollectionTiles({ tiles }: { tiles: CollectionTile[] }) {
  return (
    <ul role="list" className="tiles">
      {tiles.map((tile) => (
        <li key={tile.id} className="tile">
          <div className="tile__art">
            <Picture image={tile.image} words={tile.title} sizes={sizes} alt="" />
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
