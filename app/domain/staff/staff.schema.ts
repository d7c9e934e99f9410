import { z } from 'zod'
import { email } from '#app/domain/fields.ts'
import { permissions } from '#app/domain/access/access.ts'

const accessFields = {
  role: z.enum(['staff', 'admin'], { error: 'Choose a role.' }),
  permissions: z
    .array(z.enum(permissions, { error: 'Choose permissions from the list.' }))
    .max(permissions.length)
    .default([]),
}

/** Admins have every permission, so none is stored for them. */
const withoutExtras = <Input extends { role: string; permissions: string[] }>(input: Input) => ({
  ...input,
  permissions:
    input.role === 'admin' ? [] : [...new Set(input.permissions as (typeof permissions)[number][])],
})

export const staffAccessSchema = z.object(accessFields).transform(withoutExtras)

export const inviteSchema = z.object({ email: email(), ...accessFields }).transform(withoutExtras)
