import type { SaveHomeSectionRefusal } from '#app/domain/storefront/home-sections.server.ts'
import { maxHomeSections } from '#app/domain/storefront/home-sections.ts'

export const homeSectionMessages = {
  'too-many': `A home page can have at most ${maxHomeSections} sections. Delete one first.`,
  'collection-deleted': 'This collection was deleted. Choose another one.',
  stale:
    'Someone else changed this section, so nothing was saved. Your edits are still here: copy what you need, then reload the page.',
  'not-found': 'This section was deleted.',
} satisfies Record<SaveHomeSectionRefusal, string>
