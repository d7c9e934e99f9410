import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { Blank } from '#app/components/admin/blank.tsx'
import { pageOf, queryOf, withParams } from '#app/components/admin/list-params.ts'
import { adminMeta } from '#app/components/admin/page-meta.ts'
import { Pages } from '#app/components/admin/pages.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { Thumb } from '#app/components/admin/thumb.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { addMembersSchema } from '#app/domain/catalog/collection.schema.ts'
import { getCollectionForStaff } from '#app/domain/catalog/collection-editor.server.ts'
import {
  addMembers,
  listMatches,
  listMembers,
  membersPerPage,
  searchNonMembers,
} from '#app/domain/catalog/collection-members.server.ts'
import type { RouteHandle } from '#app/http/guard-routes.server.ts'
import { userOf } from '#app/http/guards.server.ts'
import { idOf } from '#app/http/ids.ts'
import { parseForm } from '#app/http/parse-form.ts'
import { orNotFound, redirectWithToast } from '#app/http/respond.server.ts'
import { urls } from '#app/urls.ts'
import { MemberRow } from './member-row.tsx'

export const handle = { access: 'catalogue' } satisfies RouteHandle

export const meta = () => adminMeta('Products of the collection')

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { collection, productCount } = orNotFound(await getCollectionForStaff(idOf(params.collectionId)))
  const search = new URL(request.url).searchParams
  const page = pageOf(search)
  const query = queryOf(search)
  const facts = {
    id: collection.id,
    kind: collection.kind,
    productCount,
    page,
    query,
    perPage: membersPerPage,
  }
  if (collection.kind === 'rule')
    return { ...facts, members: [], matches: await listMatches(collection, page), found: null }
  const [members, found] = await Promise.all([
    listMembers(collection.id, page),
    query ? searchNonMembers(collection.id, query) : null,
  ])
  return { ...facts, members, matches: [], found }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const staff = await userOf(request)
  const id = idOf(params.collectionId)
  const submission = await parseForm(request, addMembersSchema)
  if (submission.status !== 'success') throw new Response('Bad request', { status: 400 })
  const result = await addMembers({ collectionId: id, ...submission.value, by: staff.id })
  if (!result.ok) throw orNotFound(null)
  const text =
    result.added === 0
      ? 'Nothing was chosen.'
      : `${result.added} ${result.added === 1 ? 'product is' : 'products are'} in.`
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
          <input
            className="input"
            type="search"
            name="q"
            key={query}
            defaultValue={query}
            maxLength={200}
            aria-label="Search products by title or vendor"
            placeholder="Title or vendor"
          />
          <button className="button" type="submit">
            Search
          </button>
        </Form>
        {found && <Found id={id} {...found} />}
      </Panel>
      <Panel title="In this order in the shop" flush>
        {members.length === 0 ? (
          <Blank title="Nothing in it yet">
            <p>Search for products above and put them in.</p>
          </Blank>
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
        <Pages
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
  if (total === 0) return <p className="soft apart">No product outside of the collection matches.</p>
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
              <Thumb image={product.image} words={product.title} />
              <span dir="auto">
                {product.title} <span className="soft small">{product.vendor}</span>
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      <div>
        <button className="button button--primary" type="submit">
          Add the chosen ones
        </button>
      </div>
    </Form>
  )
}

function Matches() {
  const { id, matches, productCount, page, perPage } = useLoaderData<typeof loader>()
  const [params] = useSearchParams()
  return (
    <Panel title="What the rules hold now" flush>
      {matches.length === 0 ? (
        <Blank title="No product fits">
          <p>Look at the rules: each value has to be written as on the product.</p>
          <Link className="button" to={urls.admin.collection(id)}>
            To the rules
          </Link>
        </Blank>
      ) : (
        <ul className="lines" role="list">
          {matches.map((product) => (
            <li key={product.id}>
              <span className="with-thumb">
                <Thumb image={product.image} words={product.title} />
                <Link className="list__link" to={urls.admin.product(product.id)} dir="auto">
                  {product.title}
                </Link>
              </span>
            </li>
          ))}
        </ul>
      )}
      <Pages
        page={page}
        perPage={perPage}
        total={productCount}
        noun={['product', 'products']}
        to={(to) => withParams(params, { page: to })}
      />
    </Panel>
  )
}
