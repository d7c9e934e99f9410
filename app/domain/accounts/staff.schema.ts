import { z } from 'zod'
import { email } from '#app/domain/fields.ts'
import { areas } from './access.ts'

const appointmentFields = {
  role: z.enum(['staff', 'admin'], { error: 'Choose a role.' }),
  areas: z
    .array(z.enum(areas, { error: 'Choose areas of the list.' }))
    .max(areas.length)
    .default([]),
}

/** Admins may use every area, so none is kept for them. */
const withoutExtras = <Input extends { role: string; areas: string[] }>(input: Input) => ({
  ...input,
  areas: input.role === 'admin' ? [] : [...new Set(input.areas as (typeof areas)[number][])],
})

export const appointmentSchema = z.object(appointmentFields).transform(withoutExtras)

export const inviteSchema = z.object({ email: email(), ...appointmentFields }).transform(withoutExtras)
