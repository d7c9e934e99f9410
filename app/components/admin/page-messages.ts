import type { SavePageRefusal } from '#app/domain/pages/edit-pages.server.ts'

export const pageMessages = {
  'handle-taken': 'Another page has this handle. Choose another one, or leave it empty.',
  'policy-exists':
    'Someone else wrote this policy meanwhile, so nothing was saved. Your text is still here: copy what you need, then open the policy from the list of pages.',
  stale:
    'Someone else changed this page, so nothing was saved. Your edits are still here: copy what you need, then reload the page.',
  'not-found': 'This page was deleted.',
} satisfies Record<SavePageRefusal, string>
