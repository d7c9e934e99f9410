/** The search box of a list and its button; a GET form around them sends the text as "q". */
export function SearchFields({
  query,
  label,
  placeholder,
}: {
  query: string
  /** For screen readers: what is searched, and by what. */
  label: string
  placeholder: string
}) {
  return (
    <>
      <input
        className="input"
        type="search"
        name="q"
        key={query}
        defaultValue={query}
        maxLength={200}
        aria-label={label}
        placeholder={placeholder}
      />
      <button className="button" type="submit">
        Search
      </button>
    </>
  )
}
