import type { SaveCollectionRefusal } from '#app/domain/collections/collection-editor.server.ts'

export const collectionMessages = {
  'handle-taken': 'Another collection has this handle. Choose another one, or leave it empty.',
  'inside-itself':
    'A collection can’t be its own parent or inside one of its subcollections. Choose another parent.',
  'parent-deleted': 'The parent collection was deleted. Choose another parent.',
  stale:
    'Someone else changed this collection, so nothing was saved. Your edits are still here: copy what you need, then reload the page.',
  'not-found': 'This collection was deleted.',
} satisfies Record<SaveCollectionRefusal, string>
