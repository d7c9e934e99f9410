import { z } from 'zod'
import { checkbox, optionalRowId, optionalText, version } from '#app/domain/fields.ts'
import { hasPart, type HomeSectionFacts, type HomeSectionKind, otherLink } from './home-sections.ts'

/** A path of the store itself: "//host" and "/\host" would lead to another one. */
const isPath = (text: string) => /^\/(?![/\\])\S*$/.test(text)

const fields = {
  heading: optionalText(120),
  body: optionalText(2_000),
  linkLabel: optionalText(60),
  /** A path of the list, or `otherLink`; empty for no link. */
  link: optionalText(300),
  linkPath: optionalText(300),
  featuredCollectionId: optionalRowId(),
  itemCount: optionalText(2)
    .refine((typed) => /^\d*$/.test(typed) && Number(typed || 8) >= 1 && Number(typed || 8) <= 24, {
      error: 'Enter a whole number from 1 to 24.',
    })
    .transform((typed) => Number(typed || 8)),
  imageAlt: optionalText(300),
  removesImage: checkbox(),
  isVisible: checkbox(),
}

const anySection = z.object(fields)

export type HomeSectionForm = z.output<typeof anySection>

export const newHomeSectionSchema = (kind: HomeSectionKind) =>
  anySection.superRefine((section, context) => refuse(kind, section, context))

export const homeSectionSchema = (kind: HomeSectionKind) =>
  z
    .object({ ...fields, version: version() })
    .superRefine((section, context) => refuse(kind, section, context))

function refuse(kind: HomeSectionKind, section: HomeSectionForm, context: z.RefinementCtx) {
  const add = (field: keyof HomeSectionForm, message: string) =>
    context.addIssue({ code: 'custom', path: [field], message })
  if (hasPart(kind, 'collection') && section.featuredCollectionId === null)
    add('featuredCollectionId', 'Choose a collection.')
  if (!hasPart(kind, 'text')) return
  const { link, linkPath, linkLabel } = section
  if (link === otherLink && linkPath === '') add('linkPath', 'Enter the address of a page of your store.')
  else if (link !== '' && !isPath(toPath(section)))
    add(link === otherLink ? 'linkPath' : 'link', 'Enter an address of your store that starts with “/”.')
  if (link !== '' && linkLabel === '') add('linkLabel', 'Enter a label for the link.')
  if (link === '' && linkLabel !== '') add('link', 'Choose where the link leads.')
}

const toPath = ({ link, linkPath }: HomeSectionForm) => (link === otherLink ? linkPath : link)

/** The section as it is stored: without what its kind does not have. */
export function toFacts(kind: HomeSectionKind, form: HomeSectionForm): HomeSectionFacts {
  const { heading, body, linkLabel, imageAlt, itemCount, featuredCollectionId, isVisible } = form
  const hasText = hasPart(kind, 'text')
  return {
    heading,
    body: hasText ? body : '',
    linkLabel: hasText ? linkLabel : '',
    linkPath: hasText ? toPath(form) : '',
    imageAlt: hasPart(kind, 'image') ? imageAlt : '',
    featuredCollectionId: hasPart(kind, 'collection') ? featuredCollectionId : null,
    itemCount,
    isVisible,
  }
}
