import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { EmptyState } from '#app/components/admin/empty-state.tsx'
import { pageOf, queryOf, withParams } from '#app/components/admin/list-params.ts'
import { MoveStatus } from '#app/components/admin/move-status.tsx'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Pagination } from '#app/components/pagination.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { ProductOrderList } from '#app/components/admin/product-order-list.tsx'
import { Thumbnail } from '#app/components/admin/thumbnail.tsx'
import { addMembersSchema } from '#app/domain/collections/collection.schema.ts'
import { formatCount } from '#app/domain/intl.ts'
import { getCollectionForStaff } from '#app/domain/collections/collection-editor.server.ts'
import {
  addMembers,
  listMatches,
  listMembers,
  membersPerPage,
} from '#app/domain/collections/collection-members.server.ts'
import { listPicked, searchNonMembers } from '#app/domain/collections/find-products.server.ts'
import { foundPerPage } from '#app/domain/products/find-products.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'
import { Picker } from './picker.tsx'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Collection products')

const nothingFound = { products: [], total: 0, picked: [], page: 1, perPage: foundPerPage }

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { collection, productCount } = orNotFound(await getCollectionForStaff(parseId(params.collectionId)))
  const search = new URL(request.url).searchParams
  const page = pageOf(search)
  const query = queryOf(search)
  const { id, kind } = collection
  const common = { id, kind, productCount, page, query, perPage: membersPerPage }
  if (collection.kind === 'rule')
    return { ...common, members: [], matches: await listMatches(collection, page), picking: nothingFound }
  const ids = search
    .getAll('pick')
    .filter((typed) => /^[1-9]\d{0,14}$/.test(typed))
    .slice(0, 200)
    .map(Number)
  const foundPage = pageOf(search, 'found')
  const [members, found, picked] = await Promise.all([
    listMembers(collection.id, page),
    searchNonMembers(collection.id, query, foundPage),
    listPicked(collection.id, ids),
  ])
  return {
    ...common,
    members,
    matches: [],
    picking: { ...found, picked, page: foundPage, perPage: foundPerPage },
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const id = parseId(params.collectionId)
  const submission = await parseForm(request, addMembersSchema)
  if (submission.status !== 'success') throw new Response('Bad request', { status: 400 })
  const { q, productIds } = submission.value
  const result = await addMembers({ collectionId: id, productIds, by: staff.id })
  if (!result.ok) throw orNotFound(null)
  const text =
    result.added === 0 ? 'Select at least one product.' : `${formatCount(result.added, 'product')} added.`
  const search = q && `?${new URLSearchParams({ q })}`
  return redirectWithToast(urls.admin.collectionProducts(id) + search, {
    kind: result.added ? 'success' : 'info',
    text,
  })
}

export default function CollectionProducts() {
  const { kind } = useLoaderData<typeof loader>()
  return kind === 'rule' ? <Matches /> : <Members />
}

function Members() {
  const { id, members, productCount, page, perPage, query, picking } = useLoaderData<typeof loader>()
  const [params] = useSearchParams()
  const moves = members.map((member) => urls.admin.collectionProduct(id, member.id))
  return (
    <>
      <Panel title="Add products">
        <Picker id={id} query={query} {...picking} />
      </Panel>
      <Panel title="Product order" action={<MoveStatus moves={moves} />} flush>
        {members.length === 0 ? (
          <EmptyState title="No products yet">
            <p>Search for products above to add them.</p>
          </EmptyState>
        ) : (
          <ProductOrderList
            products={members}
            before={(page - 1) * perPage}
            total={productCount}
            moveUrl={(productId) => urls.admin.collectionProduct(id, productId)}
            removeUrl={(productId) => urls.admin.deleteCollectionProduct(id, productId)}
          />
        )}
        <Pagination
          page={page}
          perPage={perPage}
          total={productCount}
          noun={['product', 'products']}
          to={(to) => withParams(params, { page: to })}
        />
      </Panel>
    </>
  )
}

function Matches() {
  const { id, matches, productCount, page, perPage } = useLoaderData<typeof loader>()
  const [params] = useSearchParams()
  return (
    <Panel title="Matching products" flush>
      {matches.length === 0 ? (
        <EmptyState title="No products match">
          <p>Check the conditions: values must match the product exactly.</p>
          <Link className="button" to={urls.admin.collection(id)}>
            Edit conditions
          </Link>
        </EmptyState>
      ) : (
        <ul className="lines" role="list">
          {matches.map((product) => (
            <li key={product.id}>
              <span className="with-thumb">
                <Thumbnail image={product.image} />
                <Link className="list__link" to={urls.admin.product(product.id)} dir="auto">
                  {product.title}
                </Link>
              </span>
            </li>
          ))}
        </ul>
      )}
      <Pagination
        page={page}
        perPage={perPage}
        total={productCount}
        noun={['product', 'products']}
        to={(to) => withParams(params, { page: to })}
      />
    </Panel>
  )
}
