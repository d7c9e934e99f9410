import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { EmptyState } from '#app/components/admin/empty-state.tsx'
import { pageOf, queryOf, withParams } from '#app/components/admin/list-params.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { SearchFields } from '#app/components/admin/search-fields.tsx'
import { Pagination } from '#app/components/pagination.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { Thumbnail } from '#app/components/admin/thumbnail.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { addMembersSchema } from '#app/domain/collections/collection.schema.ts'
import { formatCount } from '#app/domain/intl.ts'
import { getCollectionForStaff } from '#app/domain/collections/collection-editor.server.ts'
import {
  addMembers,
  listMatches,
  listMembers,
  membersPerPage,
  searchNonMembers,
} from '#app/domain/collections/collection-members.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { parseId } from '#app/http/forms/parse-id.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import { urls } from '#app/urls.ts'
import { MemberRow } from './member-row.tsx'

export const handle = { access: 'catalog' } satisfies RouteHandle

export const meta = () => adminMeta('Collection products')

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { collection, productCount } = orNotFound(await getCollectionForStaff(parseId(params.collectionId)))
  const search = new URL(request.url).searchParams
  const page = pageOf(search)
  const query = queryOf(search)
  const common = {
    id: collection.id,
    kind: collection.kind,
    productCount,
    page,
    query,
    perPage: membersPerPage,
  }
  if (collection.kind === 'rule')
    return { ...common, members: [], matches: await listMatches(collection, page), found: null }
  const [members, found] = await Promise.all([
    listMembers(collection.id, page),
    query ? searchNonMembers(collection.id, query) : null,
  ])
  return { ...common, members, matches: [], found }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await requireUser(request)
  const id = parseId(params.collectionId)
  const submission = await parseForm(request, addMembersSchema)
  if (submission.status !== 'success') throw new Response('Bad request', { status: 400 })
  const result = await addMembers({ collectionId: id, ...submission.value, by: staff.id })
  if (!result.ok) throw orNotFound(null)
  const text =
    result.added === 0 ? 'Select at least one product.' : `${formatCount(result.added, 'product')} added.`
  return redirectWithToast(urls.admin.collectionProducts(id), {
    kind: result.added ? 'success' : 'info',
    text,
  })
}

export default function CollectionProducts() {
  const { kind } = useLoaderData<typeof loader>()
  return kind === 'rule' ? <Matches /> : <Members />
}

function Members() {
  const { id, members, productCount, page, perPage, query, found } = useLoaderData<typeof loader>()
  const [params] = useSearchParams()
  return (
    <>
      <Panel title="Add products">
        <Form method="get" role="search" className="filters__search">
          <SearchFields
            query={query}
            label="Search products by title or vendor"
            placeholder="Title or vendor"
          />
        </Form>
        {found && <Found id={id} {...found} />}
      </Panel>
      <Panel title="Product order" flush>
        {members.length === 0 ? (
          <EmptyState title="No products yet">
            <p>Search for products above to add them.</p>
          </EmptyState>
        ) : (
          <ul className="lines" role="list">
            {members.map((member, index) => (
              <MemberRow
                key={`${member.id} ${index}`}
                collectionId={id}
                member={member}
                place={(page - 1) * perPage + index + 1}
                last={productCount}
              />
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
    </>
  )
}

type FoundProducts = {
  products: { id: number; title: string; vendor: string; image: { hash: string; width: number } | null }[]
  total: number
}

function Found({ id, products, total }: FoundProducts & { id: number }) {
  if (total === 0) return <p className="soft apart">No other products match.</p>
  return (
    <Form method="post" action={urls.admin.collectionProducts(id)} className="fields apart">
      <CsrfField />
      <fieldset>
        <legend className="label">
          {total > products.length ? `The first ${products.length} of ${total}` : `${total} found`}
        </legend>
        {products.map((product, index) => (
          <label className="check" key={product.id}>
            <input type="checkbox" name={`productIds[${index}]`} value={product.id} />
            <span className="with-thumb">
              <Thumbnail image={product.image} />
              <span dir="auto">
                {product.title} <span className="soft small">{product.vendor}</span>
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      <div>
        <button className="button button--primary" type="submit">
          Add selected
        </button>
      </div>
    </Form>
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
