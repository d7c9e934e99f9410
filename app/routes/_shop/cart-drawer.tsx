import { Link, useFetcher, useLocation, useRouteLoaderData } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { addToCartKey, cartDrawerId } from '#app/components/cart-fetcher.ts'
import { PromotionCodes } from '#app/components/checkout/promotion-codes.tsx'
import { CartLines } from '#app/components/cart-lines.tsx'
import { CloseIcon } from '#app/components/icons.tsx'
import { useMoney } from '#app/components/shop.ts'
import { type ToastMessage, ToastRegion } from '#app/components/toast.tsx'
import type { Cart } from '#app/domain/cart/cart.ts'
import type { CartPromotions } from '#app/domain/pricing/cart-promotions.ts'
import { promotionName } from '#app/domain/pricing/totals.ts'
import { urls } from '#app/urls.ts'

/**
 * The cart next to the page, for shoppers with JavaScript: opens after an item was added and from the cart link.
 * `showModal` traps the focus and restores it. On /cart and /checkout it does not open.
 */
export function CartDrawer({ cart, promotions }: { cart: Cart | null; promotions: CartPromotions | null }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const { pathname } = useLocation()
  const root = useRouteLoaderData<{ toast: ToastMessage | null }>('root')
  const added = useFetcher<{ ok: boolean }>({ key: addToCartKey })
  const outcome = added.state === 'idle' ? added.data : undefined
  const seen = useRef(outcome)
  // Only script can open it, so only script renders its content.
  const [isRunning, setRunning] = useState(false)
  useEffect(() => setRunning(true), [])

  useEffect(() => {
    if (outcome?.ok && outcome !== seen.current && !dialog.current?.open) dialog.current?.showModal()
    seen.current = outcome
  }, [outcome])
  useEffect(() => dialog.current?.close(), [pathname])

  if (pathname === urls.cart() || pathname === urls.checkout()) return null
  return (
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- a click on the backdrop; the keyboard has Escape
    <dialog
      ref={dialog}
      id={cartDrawerId}
      className="drawer"
      aria-labelledby="drawer-title"
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
    >
      <div className="drawer__inner">
        <div className="drawer__head">
          <h2 id="drawer-title">Your cart</h2>
          <form method="dialog">
            <button className="icon-button" aria-label="Close the cart">
              <CloseIcon />
            </button>
          </form>
        </div>
        {isRunning && (
          <>
            {cart && cart.lines.length > 0 ? <Filled cart={cart} promotions={promotions} /> : <Nothing />}
            <ToastRegion toast={root?.toast ?? null} place="drawer" />
          </>
        )}
      </div>
    </dialog>
  )
}

function Filled({ cart, promotions }: { cart: Cart; promotions: CartPromotions | null }) {
  const money = useMoney()
  return (
    <>
      <div className="drawer__lines">
        <CartLines lines={cart.lines} isCompact />
      </div>
      <div className="drawer__foot">
        {promotions && <PromotionCodes promotions={promotions} place="drawer" />}
        {promotions?.applied.map(({ title, code, amount, isShipping }) => (
          <p key={code ?? title} className="sum-row sum-row--discount small">
            <span dir="auto">{promotionName(title, code)}</span>
            {/* The subtotal is without shipping. */}
            <span className="numeric">{isShipping ? 'Free shipping' : `−${money(amount)}`}</span>
          </p>
        ))}
        <p className="sum-row sum-row--total">
          <span>Subtotal</span>
          <span className="numeric">{money(cart.subtotal - (promotions?.discountTotal ?? 0))}</span>
        </p>
        <Link to={urls.checkout()} className="button button--primary button--large button--wide">
          Checkout
        </Link>
        <Link to={urls.cart()} className="button button--wide">
          View cart
        </Link>
      </div>
    </>
  )
}

function Nothing() {
  return (
    <div className="drawer__nothing">
      <p>Your cart is empty.</p>
      <Link to={urls.allProducts()} className="button">
        Browse products
      </Link>
    </div>
  )
}
