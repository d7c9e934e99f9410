import { Link } from '@remix-run/react'
import { ActionForm } from '#app/components/admin/action-form.tsx'
import { MoveButton } from '#app/components/admin/move-button.tsx'
import { Status } from '#app/components/admin/status.tsx'
import type { listHomeSections } from '#app/domain/storefront/home-sections.server.ts'
import { homeSectionKinds } from '#app/domain/storefront/home-sections.ts'
import { urls } from '#app/urls.ts'

type Row = Awaited<ReturnType<typeof listHomeSections>>[number]

export function SectionRow({ row, place, last }: { row: Row; place: number; last: number }) {
  const { section, collection } = row
  const { id, kind, heading, isVisible } = section
  const { label, fallback } = homeSectionKinds[kind]
  const name = heading || collection?.title || fallback
  return (
    <li>
      <div>
        <Link className="list__link" to={urls.admin.homeSection(id)} dir="auto">
          {name}
        </Link>
        <span className="sub">{label}</span>
      </div>
      <div className="section-states">
        {!isVisible && <Status>Hidden</Status>}
        <Problem row={row} />
      </div>
      <div className="row-of-actions">
        <MoveButton
          to={urls.admin.homeSectionPosition(id)}
          position={place - 1}
          disabled={place === 1}
          label={`Move ${name} up`}
          icon="up"
        />
        <MoveButton
          to={urls.admin.homeSectionPosition(id)}
          position={place + 1}
          disabled={place === last}
          label={`Move ${name} down`}
          icon="down"
        />
        <ActionForm
          to={isVisible ? urls.admin.hideHomeSection(id) : urls.admin.showHomeSection(id)}
          look="button button--small"
        >
          {isVisible ? 'Hide' : 'Show'}
          <span className="visually-hidden"> {name}</span>
        </ActionForm>
        <ActionForm to={urls.admin.deleteHomeSection(id)} look="button button--small button--danger">
          Delete<span className="visually-hidden"> {name}</span>
        </ActionForm>
      </div>
    </li>
  )
}

/** Why shoppers do not see the section, or its image. */
function Problem({ row: { section, collection, image } }: { row: Row }) {
  if (section.kind === 'featured-collection' && !collection)
    return <Status tone="bad">Collection deleted: choose another</Status>
  if (section.kind === 'featured-collection' && !collection?.publishedAt)
    return <Status tone="warn">Collection not published</Status>
  if (image?.status === 'failed') return <Status tone="bad">Image couldn’t be read</Status>
  if (image?.status === 'pending') return <Status>Image is being processed</Status>
  return null
}
