import { useEffect, useState } from 'react'
import { describe, Field, FieldFrame } from '#app/components/field.tsx'
import type { FieldProps } from '#app/components/form-fields.ts'
import type { AddressForm } from '#app/domain/shipping/address.ts'
import { urls } from '#app/urls.ts'

type Region = { value: string; label: string }

/**
 * A country and, typed, one of its states or provinces: its name or its code. The regions of the selected country are
 * suggested; without JavaScript those of the country that the page was loaded with.
 */
export function PlaceFields({
  country,
  region,
  countries,
  regions: given,
  regionHint,
}: {
  country: FieldProps
  region: FieldProps
  countries: { value: string; label: string }[]
  regions: Region[]
  regionHint: string
}) {
  const [regions, setRegions] = useState(given)
  useEffect(() => setRegions(given), [given])
  const error = country.errors?.[0]
  const list = `${region.id}-list`
  return (
    <div className="fields fields--2">
      <FieldFrame id={country.id} label="Country" error={error}>
        <select
          id={country.id}
          name={country.name}
          defaultValue={country.defaultValue}
          {...describe(country.id, { error })}
          className="input"
          onChange={({ currentTarget: select }) =>
            void fetchRegions(select.value).then((found) => {
              // Another country may have been selected in the meantime.
              if (found && select.value === found.country) setRegions(found.regions)
            })
          }
        >
          {countries.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </FieldFrame>
      <Field
        {...region}
        label="State or province"
        isOptional
        hint={regionHint}
        list={list}
        autoComplete="off"
      />
      <datalist id={list}>
        {regions.map(({ value, label }) => (
          <option key={value} value={value} label={label} />
        ))}
      </datalist>
    </div>
  )
}

async function fetchRegions(country: string): Promise<{ country: string; regions: Region[] } | null> {
  if (country === '') return { country, regions: [] }
  const response = await fetch(urls.addressForm(country)).catch(() => null)
  if (!response?.ok) return null
  const { fields } = (await response.json()) as AddressForm
  return { country, regions: fields.find(({ name }) => name === 'region')?.choices ?? [] }
}
