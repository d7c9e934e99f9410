import type { PictureRefusal } from './picture-type.ts'

/** The largest picture that is taken, in bytes. */
export const maxPictureBytes = 25 * 1024 * 1024

/** The formats that are taken, for the `accept` of a file field. */
export const acceptedPictures = 'image/jpeg,image/png,image/webp,image/avif,image/gif'

export type UploadRefusal = PictureRefusal | 'too-large'

export const uploadRefusalWords = {
  empty: 'The file is empty.',
  heic: 'HEIC pictures cannot be shown by browsers. Save it as JPEG and upload that.',
  svg: 'SVG drawings are not taken, because they can contain programs. Save it as PNG and upload that.',
  'not-a-picture': 'This is not a JPEG, PNG, WebP, AVIF or GIF picture.',
  'too-large': 'The picture is larger than 25 MB.',
} satisfies Record<UploadRefusal, string>
