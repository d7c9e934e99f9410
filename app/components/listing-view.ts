import { useSubmit } from '@remix-run/react'
import { createContext, useContext } from 'react'
import type { Facets } from '#app/domain/storefront/facets.ts'
import {
  type ExtraParameters,
  type Listing,
  listingFields,
  listingQuery,
} from '#app/domain/storefront/listing.ts'
import type { ProductCard } from '#app/domain/storefront/storefront.ts'
import { useCurrency } from './shop.ts'

/** What a list page shows. */
export type ListingData = {
  listing: Listing
  facets: Facets
  cards: ProductCard[]
  count: number
  pages: number
}

/** The page of a list: its path, the parameters that belong to the page, and what it calls its default order. */
export type ListingPlace = { path: string; extra: ExtraParameters; defaultSortLabel: string }

export const ListingPlaceContext = createContext<ListingPlace>({
  path: '',
  extra: {},
  defaultSortLabel: 'Featured',
})

export function useListingPlace(): ListingPlace {
  return useContext(ListingPlaceContext)
}

/** The URL of another listing of the same page. */
export function useListingUrl(): (listing: Listing) => string {
  const { path, extra } = useListingPlace()
  const currency = useCurrency()
  return (listing) => path + listingQuery(listing, currency, extra)
}

/** Submits the form of a list, without its empty fields. */
export function useSubmitListing(): (form: HTMLFormElement) => void {
  const submit = useSubmit()
  return (form) => {
    const fields = new URLSearchParams()
    for (const [name, value] of new FormData(form)) {
      const isUsual = value === '' || (name === listingFields.sort && value === 'featured')
      if (!isUsual && typeof value === 'string') fields.append(name, value)
    }
    submit(fields, { method: 'get', action: form.getAttribute('action')!, preventScrollReset: true })
  }
}
