import { Link, useFetcher } from '@remix-run/react'
import { useEffect, useLayoutEffect, useRef } from 'react'
import type { CartLine, LineNotice } from '#app/domain/cart/cart.ts'
import { maxQuantity } from '#app/domain/stock/availability.ts'
import { urls } from '#app/urls.ts'
import { inlineFormData } from './cart-fetcher.ts'
import { CsrfField } from './csrf-field.tsx'
import { focusHeading } from './focus-heading.ts'
import { MinusIcon, PlusIcon } from './icons.tsx'
import { ResponsiveImage } from './responsive-image.tsx'
import { useMoney } from './shop.ts'

export function CartLines({ lines, isCompact = false }: { lines: CartLine[]; isCompact?: boolean }) {
  return (
    <ul role="list" className={isCompact ? 'cart-lines cart-lines--compact' : 'cart-lines'}>
      {lines.map((line) => (
        <li key={line.variantId}>
          <Line line={line} />
        </li>
      ))}
    </ul>
  )
}

type SetOutcome = { ok: true } | { ok: false; text: string }

function Line({ line }: { line: CartLine }) {
  const money = useMoney()
  const fetcher = useFetcher<SetOutcome>({ key: `cart-line ${line.variantId}` })
  const quantity = asked(fetcher.formData) ?? line.quantity
  const isLeaving = quantity === 0
  const total = line.unitPrice === null || line.buyable === 0 ? 0 : line.unitPrice * quantity
  const refusal = fetcher.state === 'idle' && fetcher.data?.ok === false ? fetcher.data.text : null
  return (
    <article
      ref={useFocusAfterRemoval()}
      className="cart-line"
      data-leaving={isLeaving || undefined}
      aria-busy={fetcher.state !== 'idle'}
    >
      <Link
        to={urls.product(line.handle, line.variantId)}
        className="cart-line__art picture-own"
        tabIndex={-1}
        aria-hidden
      >
        <ResponsiveImage image={line.image} seed={line.title} sizes="6.5rem" alt="" />
      </Link>
      <div className="cart-line__words">
        <h3 className="cart-line__title" dir="auto">
          <Link to={urls.product(line.handle, line.variantId)}>{line.title}</Link>
        </h3>
        {line.variantTitle && (
          <p className="soft small" dir="auto">
            {line.variantTitle}
          </p>
        )}
        {line.unitPrice !== null && quantity > 1 && (
          <p className="soft small numeric">{money(line.unitPrice)} each</p>
        )}
        {line.notices.map((notice) => (
          <p key={notice.kind} className={`cart-line__notice cart-line__notice--${toneOf(notice)}`}>
            {noticeText(notice, money)}
          </p>
        ))}
        {refusal && (
          <p className="field__error" role="alert">
            {refusal}
          </p>
        )}
      </div>
      <p className="cart-line__total numeric">{line.unitPrice === null ? '–' : money(total)}</p>
      <QuantityForm line={line} quantity={quantity} fetcher={fetcher} />
    </article>
  )
}

/** When a line is removed while it has the focus, the heading of the drawer or the page gets it. */
function useFocusAfterRemoval() {
  const line = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const node = line.current
    return () => {
      if (!node?.contains(document.activeElement)) return
      // After the removal, which may replace the heading.
      queueMicrotask(() => {
        if (document.activeElement === document.body)
          focusHeading(document.querySelector('dialog[open]') ?? document.querySelector('main'), 'h1, h2')
      })
    }
  }, [])
  return line
}

/** Every button submits the form with its own quantity, so the cart works without JavaScript. */
function QuantityForm({
  line,
  quantity,
  fetcher,
}: {
  line: CartLine
  quantity: number
  fetcher: ReturnType<typeof useFetcher<SetOutcome>>
}) {
  const name = line.variantTitle ? `${line.title}, ${line.variantTitle}` : line.title
  const id = `quantity-${line.variantId}`
  // The field stays the same element when the quantity changes, so it keeps the focus.
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (field.current) field.current.value = String(quantity)
  }, [quantity])
  return (
    <fetcher.Form
      method="post"
      action={urls.cartLine(line.variantId)}
      className="cart-line__form"
      onSubmit={(event) => {
        event.preventDefault()
        const submitter = (event.nativeEvent as SubmitEvent).submitter
        fetcher.submit(inlineFormData(event.currentTarget, submitter), {
          method: 'post',
          action: urls.cartLine(line.variantId),
        })
      }}
    >
      <CsrfField />
      {/* Enter in the field submits with the form's first button, which has to be the one that uses the field's value. */}
      <button className="visually-hidden" tabIndex={-1} aria-hidden="true">
        Update
      </button>
      <div className="stepper">
        <button
          name="set"
          value={Math.max(0, quantity - 1)}
          className="stepper__button"
          aria-label={`Decrease quantity of ${name}`}
        >
          <MinusIcon />
        </button>
        <label htmlFor={id} className="visually-hidden">
          Quantity of {name}
        </label>
        <input
          ref={field}
          id={id}
          type="number"
          name="quantity"
          inputMode="numeric"
          min={0}
          max={maxQuantity}
          step={1}
          required
          defaultValue={quantity}
          className="stepper__input"
          onBlur={(event) => {
            const { form, value, validity } = event.currentTarget
            if (form && validity.valid && Number(value) !== quantity) form.requestSubmit()
          }}
        />
        <button
          name="set"
          value={Math.min(maxQuantity, quantity + 1)}
          className="stepper__button"
          aria-label={`Increase quantity of ${name}`}
          disabled={quantity >= line.buyable}
        >
          <PlusIcon />
        </button>
      </div>
      <noscript>
        <button className="link-button">Update</button>
      </noscript>
      <button name="set" value="0" className="link-button" aria-label={`Remove ${name}`}>
        Remove
      </button>
    </fetcher.Form>
  )
}

/** The submitted quantity, shown before the response arrives. */
function asked(form: FormData | undefined): number | null {
  const value = form?.get('set') ?? form?.get('quantity')
  const quantity = typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : null
  return quantity
}

function toneOf(notice: LineNotice): 'bad' | 'good' | 'warn' {
  if (notice.kind === 'price-fell') return 'good'
  return notice.kind === 'price-rose' ? 'warn' : 'bad'
}

function noticeText(notice: LineNotice, money: (amount: number) => string): string {
  switch (notice.kind) {
    case 'price-rose':
      return `The price went up from ${money(notice.from)} to ${money(notice.to)}.`
    case 'price-fell':
      return `The price came down from ${money(notice.from)} to ${money(notice.to)}.`
    case 'sold-out':
      return 'Sold out. Remove it to continue.'
    case 'fewer-left':
      return notice.left === 1
        ? 'Only 1 left. Set the quantity to 1.'
        : `Only ${notice.left} left. Lower the quantity.`
    case 'no-longer-sold':
      return 'No longer available. Remove it to continue.'
  }
}
