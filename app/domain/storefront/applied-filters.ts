import {
  type AvailabilityFilter,
  firstPage,
  type Listing,
  type OptionFilter,
  type RatingFilter,
} from './listing.ts'

export const availabilityLabels = {
  '1': 'In stock',
  '0': 'Out of stock',
} satisfies Record<AvailabilityFilter, string>

export const ratingLabels = {
  '4': '4 stars and up',
  '3': '3 stars and up',
  '2': '2 stars and up',
  '1': '1 star and up',
} satisfies Record<RatingFilter, string>

export type AppliedFilter = { key: string; label: string; without: Listing }

/** Each active filter as text, with the listing without it. `optionLabel` spells the name of an option. */
export function appliedFilters(
  listing: Listing,
  format: (amount: number) => string,
  optionLabel: (name: string) => string,
): AppliedFilter[] {
  const first = firstPage(listing)
  const { minPrice, maxPrice, availability, options } = listing
  const applied: AppliedFilter[] = availability.map((value) => ({
    key: `availability ${value}`,
    label: availabilityLabels[value],
    without: { ...first, availability: without(availability, value) },
  }))
  if (minPrice !== null)
    applied.push({ key: 'min', label: `From ${format(minPrice)}`, without: { ...first, minPrice: null } })
  if (maxPrice !== null)
    applied.push({ key: 'max', label: `Up to ${format(maxPrice)}`, without: { ...first, maxPrice: null } })
  for (const value of listing.ratings)
    applied.push({
      key: `rating ${value}`,
      label: ratingLabels[value],
      without: { ...first, ratings: without(listing.ratings, value) },
    })
  for (const { name, values } of options)
    for (const value of values)
      applied.push({
        key: `option ${name} ${value}`,
        label: `${optionLabel(name)}: ${value}`,
        without: { ...first, options: withoutOption(options, name, value) },
      })
  for (const field of ['vendors', 'types', 'tags'] as const)
    for (const value of listing[field])
      applied.push({
        key: `${field} ${value}`,
        label: value,
        without: { ...first, [field]: without(listing[field], value) },
      })
  return applied
}

const without = <T>(values: T[], value: T): T[] => values.filter((other) => other !== value)

function withoutOption(options: OptionFilter[], name: string, value: string): OptionFilter[] {
  return options
    .map((option) => (option.name === name ? { name, values: without(option.values, value) } : option))
    .filter(({ values }) => values.length > 0)
}
