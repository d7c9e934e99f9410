import { useFetcher } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { inlineFormData } from '#app/components/cart-fetcher.ts'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { describe } from '#app/components/field.tsx'
import { useMoney } from '#app/components/shop.ts'
import type { CartPromotions } from '#app/domain/pricing/cart-promotions.ts'
import { refusalText } from '#app/domain/pricing/refusal-text.ts'
import { urls } from '#app/urls.ts'

type Outcome = { ok: true; text: string } | { ok: false; text: string }

/** The codes of the cart, and the field for another one; `place` keeps the ids of two of them apart. */
export function PromotionCodes({ promotions, place }: { promotions: CartPromotions; place: string }) {
  return (
    <div className="discount-codes">
      <PromotionNotes promotions={promotions} />
      <details className="fold">
        <summary>Add a discount code</summary>
        <CodeForm place={place} />
      </details>
    </div>
  )
}

function CodeForm({ place }: { place: string }) {
  const fetcher = useFetcher<Outcome>({ key: `promotion-code ${place}` })
  const form = useRef<HTMLFormElement>(null)
  const outcome = fetcher.state === 'idle' ? fetcher.data : undefined
  const id = `discount-code-${place}`
  const error = outcome?.ok === false ? outcome.text : null
  useEffect(() => {
    if (outcome?.ok) form.current?.reset()
  }, [outcome])
  return (
    <fetcher.Form
      ref={form}
      method="post"
      action={urls.cartCodes()}
      className="discount-codes__form"
      onSubmit={(event) => {
        event.preventDefault()
        const data = inlineFormData(event.currentTarget, null)
        fetcher.submit(data, { method: 'post', action: urls.cartCodes() })
      }}
    >
      <CsrfField />
      <label htmlFor={id} className="visually-hidden">
        Discount code
      </label>
      <div className="discount-codes__row">
        <input
          id={id}
          name="discountCode"
          className="input"
          required
          maxLength={64}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          {...describe(id, { error })}
        />
        <button className="button" aria-busy={fetcher.state !== 'idle'}>
          Apply
        </button>
      </div>
      {error && (
        <p className="field__error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
      <p className="visually-hidden" role="status">
        {outcome?.ok ? outcome.text : ''}
      </p>
    </fetcher.Form>
  )
}

/** The applied codes, and why others do not apply. Without `removeButton`, each is removed by a form of its own. */
export function PromotionNotes({
  promotions: { applied, refused },
  removeButton = (code) => <RemoveForm code={code} />,
}: {
  promotions: CartPromotions
  removeButton?: (code: string) => React.ReactNode
}) {
  const money = useMoney()
  if (applied.every(({ code }) => code === null) && refused.length === 0) return null
  return (
    <ul role="list" className="discount-codes__list" aria-label="Your codes">
      {applied.map(
        ({ code, amount }) =>
          code !== null && (
            <li key={code} className="discount-codes__item">
              <span className="discount-codes__code">{code}</span>
              <span className="small soft numeric">−{money(amount)}</span>
              {removeButton(code)}
            </li>
          ),
      )}
      {refused.map((one) => (
        <li key={one.code ?? one.title} className="discount-codes__item">
          {one.code !== null && (
            <span className="discount-codes__code discount-codes__code--off">{one.code}</span>
          )}
          <span className="small discount-codes__reason">{refusalText(one, money)}</span>
          {one.code !== null && removeButton(one.code)}
        </li>
      ))}
    </ul>
  )
}

function RemoveForm({ code }: { code: string }) {
  const fetcher = useFetcher({ key: `remove-code ${code}` })
  return (
    <fetcher.Form
      method="post"
      action={urls.removeCartCode(code)}
      onSubmit={(event) => {
        event.preventDefault()
        fetcher.submit(inlineFormData(event.currentTarget, null), {
          method: 'post',
          action: urls.removeCartCode(code),
        })
      }}
    >
      <CsrfField />
      <button className="link-button small" aria-label={`Remove the code ${code}`}>
        Remove
      </button>
    </fetcher.Form>
  )
}
