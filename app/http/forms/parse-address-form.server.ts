import { data } from '@remix-run/node'
import type { Submission } from '@conform-to/zod/v4'
import type { z } from 'zod'
import type { FormResponse } from '#app/components/form-fields.ts'
import { addressForm } from '#app/domain/shipping/address-form.server.ts'
import type { AddressForm } from '#app/domain/shipping/address.ts'
import { parseFormData, readForm } from './parse-form.ts'
import { noStore } from './respond.server.ts'

export type AddressSubmission<Value> = {
  submission: Submission<Value>
  /** The fields of the submitted country, for the form's answer. */
  addressForm: AddressForm
  /** The form was sent by "Update", which only asks for the fields of another country. */
  isUpdate: boolean
}

/** Like parseForm, for a form with the fields of a postal address (AddressFields). */
export async function parseAddressForm<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<AddressSubmission<z.output<Schema>>> {
  const form = await readForm(request)
  const submission = await parseFormData(request, form, schema)
  const { country } = submission.payload
  return {
    submission,
    addressForm: addressForm(typeof country === 'string' ? country : ''),
    isUpdate: form.has('update'),
  }
}

/** The answer to "Update": the form with what was typed and the fields of its country, without errors. */
export function updatedForm<More extends object = object>(
  { submission, addressForm }: AddressSubmission<unknown>,
  more?: More,
) {
  const answer: FormResponse = { typed: submission.payload, errors: {}, problem: null }
  return data({ ...answer, addressForm, ...(more as More) }, { headers: noStore })
}
