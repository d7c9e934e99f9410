import type { ImageRefusal } from './image-type.ts'

/** Maximum size of an uploaded image, in bytes. */
export const maxImageBytes = 25 * 1024 * 1024

/** The accepted formats, for the `accept` attribute of a file field. */
export const acceptedImageTypes = 'image/jpeg,image/png,image/webp,image/avif,image/gif'

export type UploadRefusal = ImageRefusal | 'too-large'

export const uploadRefusalMessages = {
  empty: 'The file is empty.',
  heic: 'Browsers can’t show HEIC images. Save it as JPEG and upload that.',
  svg: 'SVG is not supported. Save it as PNG and upload that.',
  'not-an-image': 'This is not a JPEG, PNG, WebP, AVIF or GIF image.',
  'too-large': 'The image is larger than 25 MB.',
} satisfies Record<UploadRefusal, string>
