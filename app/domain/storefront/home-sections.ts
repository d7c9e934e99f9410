import type { homeSections } from '#db/schema/home.ts'
import { urls } from '#app/urls.ts'

/** The sections that a home page is composed of. */

export type HomeSectionRow = typeof homeSections.$inferSelect
export type HomeSectionKind = HomeSectionRow['kind']

/** What staff type into a section's form. */
export type HomeSectionFacts = Pick<
  HomeSectionRow,
  | 'heading'
  | 'body'
  | 'linkLabel'
  | 'linkPath'
  | 'featuredCollectionId'
  | 'itemCount'
  | 'imageAlt'
  | 'isVisible'
>

type Part = 'text' | 'image' | 'collection' | 'count'

/** Name and parts of each kind; every kind has a heading. `fallback` is the heading when none is typed. */
export const homeSectionKinds = {
  hero: {
    label: 'Hero',
    about: 'A large image with a heading, a text and a link. It opens the page.',
    fallback: 'The name of the store',
    parts: ['text', 'image'],
  },
  'featured-collection': {
    label: 'Featured collection',
    about: 'The first products of a collection.',
    fallback: 'The title of the collection',
    parts: ['collection', 'count'],
  },
  'new-products': {
    label: 'New products',
    about: 'The products that were published last.',
    fallback: 'New arrivals',
    parts: ['count'],
  },
  'image-with-text': {
    label: 'Image with text',
    about: 'An image beside a text, for a story or an announcement.',
    fallback: 'No heading',
    parts: ['text', 'image'],
  },
  'collection-list': {
    label: 'Collection list',
    about: 'Your top-level collections with their images, in the order of the menu.',
    fallback: 'Collections',
    parts: ['count'],
  },
} satisfies Record<HomeSectionKind, { label: string; about: string; fallback: string; parts: Part[] }>

export const hasPart = (kind: HomeSectionKind, part: Part) =>
  (homeSectionKinds[kind].parts as Part[]).includes(part)

export const isHomeSectionKind = (text: string | null): text is HomeSectionKind =>
  text !== null && Object.hasOwn(homeSectionKinds, text)

export const maxHomeSections = 20

/** In place of a page in the list of links: the address is typed. */
export const otherLink = 'other'

export const blankHomeSection: HomeSectionFacts = {
  heading: '',
  body: '',
  linkLabel: '',
  linkPath: '',
  featuredCollectionId: null,
  itemCount: 8,
  imageAlt: '',
  isVisible: true,
}

/** The home page of a store that has no sections of its own. */
export const defaultHomeSections: (HomeSectionFacts & { kind: HomeSectionKind })[] = [
  { ...blankHomeSection, kind: 'hero', linkLabel: 'Shop all', linkPath: urls.allProducts() },
  { ...blankHomeSection, kind: 'collection-list', itemCount: 6 },
  { ...blankHomeSection, kind: 'new-products' },
]
