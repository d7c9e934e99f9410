import type { SaveCollectionRefusal } from '#app/domain/catalog/collection-editor.server.ts'

export const collectionRefusals = {
  'handle-taken': 'Another collection has this handle. Choose another one, or leave it empty.',
  'inside-itself': 'A collection cannot be inside itself, or inside one that it holds. Choose another place.',
  'parent-gone': 'The collection you want to put it into was deleted. Choose another place.',
  'changed-meanwhile':
    'Somebody saved this collection since you opened it, so nothing was saved. Your words are still here: copy what you need, then open the page again.',
  gone: 'This collection was deleted meanwhile.',
} satisfies Record<SaveCollectionRefusal, string>
