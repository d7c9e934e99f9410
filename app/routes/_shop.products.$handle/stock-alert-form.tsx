import { useFetcher } from '@remix-run/react'
import { StockAlertFields } from '#app/components/stock-alert-fields.tsx'
import type { FormResponse } from '#app/components/form-fields.ts'
import type { ProductVariant } from '#app/domain/storefront/storefront.ts'
import { urls } from '#app/urls.ts'

/** Under a sold-out variant: asks for an email when it is back in stock. */
export function StockAlertForm({ handle, variant }: { handle: string; variant: ProductVariant }) {
  const fetcher = useFetcher<FormResponse>({ key: `stock-alert ${variant.id}` })
  const name = variant.optionValues.join(' / ')
  return (
    <section className="stock-alert" aria-labelledby="stock-alert">
      <h2 id="stock-alert" className="stock-alert__title">
        Notify me when it’s back
      </h2>
      <p className="soft small">
        We’ll email you once when {name ? <bdi>{name}</bdi> : 'it'} is back in stock.
      </p>
      <fetcher.Form method="post" action={urls.stockAlert(handle, variant.id)} className="stock-alert__form">
        <StockAlertFields answer={fetcher.data} isBusy={fetcher.state !== 'idle'} />
      </fetcher.Form>
    </section>
  )
}
