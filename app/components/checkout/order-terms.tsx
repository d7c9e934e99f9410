import { PolicyLink, usePolicies } from '#app/components/policies.tsx'

/** What a customer agrees to with the button above it, and the store's other policies. */
export function OrderTerms() {
  const policies = usePolicies()
  const terms = policies.find(({ handle }) => handle === 'terms-of-service')
  const others = policies.filter((policy) => policy !== terms)
  return (
    <div className="order-terms soft small">
      <p>
        By placing this order you agree to pay the total
        {terms && (
          <>
            {' '}
            and accept the <PolicyLink policy={terms} />
          </>
        )}
        .
      </p>
      {others.length > 0 && (
        <ul role="list" className="policy-links" aria-label="Policies">
          {others.map((policy) => (
            <li key={policy.handle}>
              <PolicyLink policy={policy} />
            </li>
          ))}
        </ul>
      )}
      {policies.length > 0 && <p>Links open in a new tab. What you entered stays here.</p>}
    </div>
  )
}
