import { useRouteLoaderData } from '@remix-run/react'
import { formatMoney } from '#app/domain/money.ts'

/** What every page knows of the shop. */
export type Shop = {
  name: string
  tagline: string
  currency: string
  locale: string
  timeZone: string
  accentColor: string
  contactEmail: string
  contactPhone: string
  contactAddress: string
}

/** The shop of the page; null until it is claimed, and on an error page of the root itself. */
export function useShop(): Shop | null {
  const root = useRouteLoaderData<{ shop: Shop | null }>('root')
  return root?.shop ?? null
}

/** Minor units as this shop's shoppers read them. */
export function useMoney(): (amount: number) => string {
  const shop = useShop()
  const format = { currency: shop?.currency ?? 'EUR', locale: shop?.locale ?? 'en' }
  return (amount) => formatMoney(amount, format)
}
