/** A field that people do not see and programs fill in. A form that arrives with it has no effect. */
export function Honeypot() {
  return (
    <div className="not-for-people" aria-hidden="true">
      <label>
        Leave this empty
        <input type="text" name="website" tabIndex={-1} autoComplete="off" defaultValue="" />
      </label>
    </div>
  )
}
