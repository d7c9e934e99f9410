import type { ActionFunctionArgs } from '@remix-run/node'
import { z } from 'zod'
import { text } from '#app/domain/fields.ts'
import {
  readSettings,
  type Settings,
  type SettingsValues,
  updateSettings,
  type UpdateSettingsResult,
} from '#app/domain/settings/settings.server.ts'
import { requireUser } from '#app/http/session/guards.server.ts'
import { type SettingsSection, urls } from '#app/urls.ts'
import { formResponse } from './form-response.server.ts'
import { parseForm } from './parse-form.ts'
import { orNotFound, redirectWithToast } from './respond.server.ts'

const refusals = {
  stale:
    'Someone else changed these settings, so nothing was saved. Your edits are still here: copy what you need, then reload the page.',
  'currency-fixed': 'The currency can’t be changed after the first order. Nothing was saved.',
  'no-two-factor':
    'Set up your own two-factor authentication first, or you would lock yourself out. Nothing was saved.',
  'class-deleted': 'This tax class was deleted, so nothing was saved. Choose another tax on shipping.',
} satisfies Record<Extract<UpdateSettingsResult, { ok: false }>['reason'], string>

const formVersion = z.object({ version: text(64, 'Reload the page.') })

/** The action of one section of the settings: saves the fields of its schema, and only them. */
export function settingsAction(
  section: SettingsSection,
  schemaOf: (settings: Settings) => z.ZodType<Partial<SettingsValues>>,
) {
  return async ({ request }: ActionFunctionArgs) => {
    const staff = await requireUser(request)
    const settings = orNotFound(await readSettings())
    const submission = await parseForm(request, schemaOf(settings).and(formVersion))
    if (submission.status !== 'success') return formResponse(submission)
    const { version, ...values } = submission.value
    const result = await updateSettings({ section, version, values, by: staff.id })
    if (result.ok) return redirectWithToast(urls.admin.settings(section), { kind: 'success', text: 'Saved.' })
    return formResponse(submission, { problem: refusals[result.reason] })
  }
}
