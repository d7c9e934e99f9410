import { useSubmit } from '@remix-run/react'
import { useDragOrder } from '#app/components/admin/drag-order.tsx'
import { useCsrfToken } from '#app/components/csrf-field.tsx'
import { urls } from '#app/urls.ts'
import { type Member, MemberRow } from './member-row.tsx'

type MemberListProps = {
  collectionId: number
  members: Member[]
  /** How many products are on earlier pages. */
  before: number
  total: number
}

/** The products of a manual collection in their order. */
export function MemberList({ collectionId, members, before, total }: MemberListProps) {
  const submit = useSubmit()
  const csrf = useCsrfToken()
  const drag = useDragOrder(
    members.map(({ id }) => id),
    (id, index) =>
      submit(
        { csrf, position: before + index + 1 },
        { method: 'post', action: urls.admin.collectionProduct(collectionId, id), preventScrollReset: true },
      ),
  )
  const byId = new Map(members.map((member) => [member.id, member]))
  return (
    <ul className="lines lines--order" role="list" {...drag.listProps}>
      {drag.order.map((id, index) => (
        <MemberRow
          key={id}
          collectionId={collectionId}
          member={byId.get(id)!}
          place={before + index + 1}
          last={total}
          drag={drag}
        />
      ))}
    </ul>
  )
}
