import { Link } from '@remix-run/react'
import { useEffect } from 'react'
import { SearchIcon } from '#app/components/icons.tsx'
import { Price } from '#app/components/price.tsx'
import { ResponsiveImage } from '#app/components/responsive-image.tsx'
import type { ProductCard } from '#app/domain/storefront/storefront.ts'
import { urls } from '#app/urls.ts'
import type { SuggestionGroup, SuggestionOption } from './suggestion-groups.ts'
import { splitTypedParts } from './typed-parts.ts'

type Props = {
  listId: string
  groups: SuggestionGroup[]
  isOpen: boolean
  /** The index of the active option; -1 for none. */
  active: number
  query: string
  choose: (option: SuggestionOption) => void
}

/** The list of a combobox. The focus stays in the field; options are links, so that the pointer can use them as such. */
export function SuggestionList({ listId, groups, isOpen, active, query, choose }: Props) {
  useEffect(() => {
    document.getElementById(`${listId}-${active}`)?.scrollIntoView({ block: 'nearest' })
  }, [listId, active])
  const options = groups.flatMap((group) => group.options)
  const renderOption = (option: SuggestionOption) => {
    const index = options.indexOf(option)
    return (
      <Option
        key={option.key}
        id={`${listId}-${index}`}
        isActive={index === active}
        {...{ option, query }}
        onChoose={() => choose(option)}
      />
    )
  }
  return (
    // The list never takes the focus; the field handles the keys.
    // eslint-disable-next-line jsx-a11y/interactive-supports-focus
    <div
      id={listId}
      role="listbox"
      aria-label="Suggestions"
      hidden={!isOpen}
      className="suggestions"
      onMouseDown={(event) => event.preventDefault()}
    >
      {groups.map(({ label, options: own }) =>
        label === null ? (
          own.map(renderOption)
        ) : (
          <div key={label} role="group" aria-label={label} className="suggestions__group">
            <p role="presentation" className="suggestions__label">
              {label}
            </p>
            {own.map(renderOption)}
          </div>
        ),
      )}
    </div>
  )
}

type OptionProps = {
  id: string
  isActive: boolean
  option: SuggestionOption
  query: string
  onChoose: () => void
}

function Option({ id, isActive, option, query, onChoose }: OptionProps) {
  const shared = {
    ...{ id, role: 'option', 'aria-selected': isActive, tabIndex: -1, onClick: onChoose },
    className: `suggestion suggestion--${option.kind}`,
  }
  switch (option.kind) {
    case 'query':
      return (
        <Link to={urls.search(option.query)} {...shared}>
          <SearchIcon />
          <Marked text={option.query} typed={query} />
        </Link>
      )
    case 'collection':
      return (
        <Link to={urls.collection(option.collection.handle)} {...shared}>
          <Marked text={option.collection.title} typed={query} />
        </Link>
      )
    case 'product':
      return (
        <Link to={urls.foundProduct(option.product.handle, query)} {...shared}>
          <Product product={option.product} query={query} />
        </Link>
      )
    case 'all':
      return (
        <Link to={urls.search(option.query)} {...shared}>
          <span>
            See all results for “<bdi>{option.query}</bdi>”
          </span>
        </Link>
      )
    case 'clear':
      return (
        <button type="button" {...shared}>
          Clear recent searches
        </button>
      )
  }
}

function Product({ product, query }: { product: ProductCard; query: string }) {
  return (
    <>
      <span className="suggestion__art">
        <ResponsiveImage
          image={product.image}
          seed={product.title}
          sizes="3rem"
          frame={4 / 5}
          alt=""
          isFirst
        />
      </span>
      <Marked text={product.title} typed={query} />
      <span className="suggestion__price">
        {product.isSoldOut && <span className="soft">Sold out </span>}
        <Price
          min={product.priceMin}
          max={product.priceMax}
          was={product.compareAtPrice}
          prior={product.priorPrice}
        />
      </span>
    </>
  )
}

/** Emphasizes what completes the typed text. */
function Marked({ text, typed }: { text: string; typed: string }) {
  return (
    <span dir="auto" className="suggestion__text">
      {typed === ''
        ? text
        : splitTypedParts(text, typed).map((part, index) =>
            part.isTyped ? <span key={index}>{part.text}</span> : <mark key={index}>{part.text}</mark>,
          )}
    </span>
  )
}
