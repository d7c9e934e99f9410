import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { pageMeta } from '#app/components/page-meta.ts'
import { ResponsiveImage } from '#app/components/responsive-image.tsx'
import { ServerForm } from '#app/components/server-form.tsx'
import { useMoney } from '#app/components/shop.ts'
import { addedMessage } from '#app/domain/cart/added-message.ts'
import { listRestoredLines, restoreCart, type RestoredLine } from '#app/domain/cart/restore-cart.server.ts'
import { getSettings } from '#app/domain/settings/settings.server.ts'
import { parseForm } from '#app/http/forms/parse-form.ts'
import { noStore, orNotFound, redirectWithToast } from '#app/http/forms/respond.server.ts'
import type { RouteHandle } from '#app/http/server/guard-routes.server.ts'
import { ensureSession } from '#app/http/session/session.server.ts'
import { urls } from '#app/urls.ts'

export const handle = { access: 'everyone', limits: { action: 'cart' } } satisfies RouteHandle

export const meta: MetaFunction = ({ matches }) =>
  pageMeta(matches, { title: 'Restore your cart', isPrivate: true })

export const headers = () => noStore

/** Only shows what the link of a reminder adds; the button adds it. Links of deleted reminders have expired. */
export async function loader({ params }: LoaderFunctionArgs) {
  const token = params.token!
  const lines = await listRestoredLines(token)
  return data({ token, lines }, { status: lines ? 200 : 404, headers: noStore })
}

export async function action({ request, params }: ActionFunctionArgs) {
  await parseForm(request, z.object({}))
  const token = params.token!
  const { shopper, headers } = await ensureSession(request)
  const result = await restoreCart({ shopper, token })
  if (!result.ok) {
    if (result.reason === 'not-found') throw orNotFound(null)
    const text = 'Your session changed. Please try again.'
    return redirectWithToast(urls.restoreCart(token), { kind: 'error', text }, { headers })
  }
  const text = addedMessage(result, orNotFound(await getSettings()))
  return redirectWithToast(
    result.isInCart ? urls.cart() : urls.restoreCart(token),
    { kind: result.isInCart ? 'success' : 'error', text },
    { headers },
  )
}

export default function RestoreCartPage() {
  const { token, lines } = useLoaderData<typeof loader>()
  if (!lines) return <ExpiredLink />
  const isAnyLeft = lines.some(({ quantity }) => quantity > 0)
  return (
    <div className="page page--narrow">
      <header className="page-head">
        <h1>Restore your cart</h1>
        <p className="soft">
          {isAnyLeft
            ? 'These items will be added to your cart on this device.'
            : 'None of these items are available any more.'}
        </p>
      </header>
      <ul role="list" className="mini-lines restored">
        {lines.map((line) => (
          <Line key={line.variantId} line={line} />
        ))}
      </ul>
      {isAnyLeft && (
        <ServerForm
          action={urls.restoreCart(token)}
          submit="Add to cart"
          busy="Adding…"
          className="restored__form"
        >
          {null}
        </ServerForm>
      )}
      <p className="door__ways">
        <Link to={urls.allProducts()}>Continue shopping</Link>
      </p>
    </div>
  )
}

function ExpiredLink() {
  return (
    <div className="page page--narrow">
      <header className="page-head">
        <h1>This link has expired</h1>
        <p className="soft">
          A link to restore a cart works for 30 days. The items may still be in your cart.
        </p>
      </header>
      <Link className="button button--primary" to={urls.cart()}>
        View cart
      </Link>
      <p className="door__ways">
        <Link to={urls.allProducts()}>Continue shopping</Link>
      </p>
    </div>
  )
}

function Line({ line }: { line: RestoredLine }) {
  const money = useMoney()
  const { quantity, wanted, price } = line
  const state = stateOf(line)
  return (
    <li className={quantity > 0 ? 'mini-line' : 'mini-line restored__line--gone'}>
      <span className="mini-line__art picture-own">
        <ResponsiveImage image={line.image} seed={line.title} sizes="4rem" alt="" />
      </span>
      <span dir="auto">
        {quantity || wanted} × {line.name}
        {state && <span className="restored__state mini-line__variant">{state}</span>}
      </span>
      <span className="numeric">{quantity > 0 && price !== null ? money(price * quantity) : '–'}</span>
    </li>
  )
}

/** What has changed since the reminder, in words. */
function stateOf({ isSold, quantity, wanted }: RestoredLine): string | null {
  if (!isSold) return 'No longer available'
  if (quantity === 0) return 'Sold out'
  return quantity < wanted ? `Only ${quantity} of ${wanted} left` : null
}
