/** A postal address as it is stored. Only name, street and country are asked for everywhere. */
export type Address = {
  name: string
  company: string
  line1: string
  line2: string
  postcode: string
  city: string
  /** A state of the country's list ("CA", "Tokyo"), or as typed where the country has no list. */
  region: string
  country: string
}

/** The fields that differ by country. */
export type LocalFieldName = 'line1' | 'line2' | 'postcode' | 'city' | 'region'

export type LocalField = {
  name: LocalFieldName
  label: string
  isRequired: boolean
  /** The message when it is empty and required. */
  ask: string
  /** The country's states; the form has a select. */
  choices?: { value: string; label: string }[]
  /** Only digits: a phone shows its number keys. */
  isNumeric?: boolean
}

/** The form of one country: its fields in the country's order. */
export type AddressForm = { country: string; fields: LocalField[] }
