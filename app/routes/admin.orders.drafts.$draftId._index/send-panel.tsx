import { Form, useNavigation } from '@remix-run/react'
import { CopyField } from '#app/components/admin/copy-field.tsx'
import { Panel } from '#app/components/admin/panel.tsx'
import { CsrfField } from '#app/components/csrf-field.tsx'
import { DateTime } from '#app/components/date-time.tsx'
import { useShop } from '#app/components/shop.ts'
import { urls } from '#app/urls.ts'
import type { DraftPage } from './route.tsx'

/** The link where the customer places the order: to send by email, or to copy. */
export function SendPanel({ draft, link }: DraftPage) {
  const shop = useShop()
  const action = urls.admin.sendDraft(draft.id)
  const isBusy = useNavigation().formAction === action
  return (
    <Panel title="Let the customer place it">
      <div className="fields">
        <p className="soft small">
          {draft.sentAt ? (
            <>
              Sent to {draft.email} <DateTime at={draft.sentAt} />. Until it is placed, the customer sees
              every change that you save.
            </>
          ) : (
            'The customer checks the order, chooses how to pay, and places it. Anyone with the link can do so.'
          )}
        </p>
        <CopyField id="draft-link" label="Link for the customer" value={link} />
        {draft.email ? (
          <Form method="post" action={action} className="row-of-actions">
            <CsrfField />
            <input type="hidden" name="version" value={draft.version} />
            <button className="button" disabled={isBusy}>
              {draft.sentAt ? 'Send again' : 'Send to customer'}
            </button>
            {!shop?.sendsEmail && (
              <span className="soft small">No email service is set up: share the link yourself.</span>
            )}
          </Form>
        ) : (
          <p className="soft small">To send it by email, enter the customer’s email address and save.</p>
        )}
      </div>
    </Panel>
  )
}
