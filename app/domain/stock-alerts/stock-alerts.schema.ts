import { z } from 'zod'
import { email } from '#app/domain/fields.ts'

export const stockAlertSchema = z.object({ email: email() })
