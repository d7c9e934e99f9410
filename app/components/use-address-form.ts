import { useEffect, useState } from 'react'
import type { AddressForm } from '#app/domain/shipping/address.ts'
import { urls } from '#app/urls.ts'
import type { FormResponse } from './form-fields.ts'

type Chosen = { answer: FormResponse | undefined; form: AddressForm; typed: Record<string, string> }

/**
 * The address fields of the selected country: `given` until another one is selected, then that country's, which are
 * fetched. `typed` is what the form contained when the country changed. A country whose fields cannot be fetched keeps
 * the fields that are shown; the server answers the form with its own.
 */
export function useAddressForm(given: AddressForm, answer: FormResponse | undefined) {
  const [latest, setChosen] = useState<Chosen | null>(null)
  // The answer to a form is newer than what was chosen before.
  const chosen = latest?.answer === answer ? latest : null

  const change = async (select: HTMLSelectElement) => {
    const country = select.value
    const form = country === given.country ? given : await fetchForm(country)
    // Another country may have been selected in the meantime.
    if (!form || select.value !== country || !select.form) return
    const typed = textOf(new FormData(select.form))
    setChosen((before) => ({ answer, form, typed: { ...before?.typed, ...typed } }))
  }

  // A country that was selected before this script ran.
  useEffect(() => {
    const select = document.querySelector<HTMLSelectElement>('select#country')
    if (select && select.value !== given.country) void change(select)
    // eslint-disable-next-line react-hooks/exhaustive-deps -- when the server renders another country
  }, [given.country])

  return { form: chosen?.form ?? given, typed: chosen?.typed ?? {}, change }
}

async function fetchForm(country: string): Promise<AddressForm | null> {
  const response = await fetch(urls.addressForm(country)).catch(() => null)
  return response?.ok ? ((await response.json()) as AddressForm) : null
}

function textOf(form: FormData): Record<string, string> {
  return Object.fromEntries(
    [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}
