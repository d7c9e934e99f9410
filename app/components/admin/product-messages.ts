import type { CreateProductRefusal, SaveProductRefusal } from '#app/domain/catalog/save-product.server.ts'
import { optionMessages } from './option-messages.ts'

type Answered = 'price-issues' | 'would-remove' | 'not-found' | 'below-zero'

/** The refusals of the product pages that are only a message. */
export const productMessages = {
  ...optionMessages,
  'handle-taken': 'Another product has this handle. Choose another one, or leave it empty.',
  'image-unknown': 'An image is no longer stored. Choose it again.',
  'too-many-images': 'A product can have at most 250 images, so nothing was saved.',
  'tax-class-deleted': 'This tax class was deleted, so nothing was saved. Choose another one.',
  stale:
    'Someone else changed this product, so nothing was saved. Your edits are still here: copy what you need, then reload the page.',
  'variant-deleted': 'One of these variants was deleted, so nothing was saved. Reload the page.',
} satisfies Record<Exclude<(CreateProductRefusal | SaveProductRefusal)['reason'], Answered>, string>
