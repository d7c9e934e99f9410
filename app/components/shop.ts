import { useRouteLoaderData } from '@remix-run/react'
import { formatMoney, type Currency } from '#app/domain/money.ts'

/** Store settings that every page needs. */
export type Shop = {
  name: string
  tagline: string
  currency: string
  currencyDigits: number
  locale: string
  timeZone: string
  accentColor: string
  contactEmail: string
  contactPhone: string
  contactAddress: string
  /** False while no email service is set up: pages then promise no email. */
  sendsEmail: boolean
}

/** The store of the page; null before setup, and on an error page of the root itself. */
export function useShop(): Shop | null {
  const root = useRouteLoaderData<{ shop: Shop | null }>('root')
  return root?.shop ?? null
}

/** Before setup, when no page shows an amount. */
const noShop = { currency: 'EUR', currencyDigits: 2, locale: 'en' }

/** The store's currency. */
export function useCurrency(): Currency {
  return useShop() ?? noShop
}

/** Formats minor units in the store's currency and locale. */
export function useMoney(): (amount: number) => string {
  const shop = useShop()
  return (amount) => formatMoney(amount, shop ?? noShop)
}
