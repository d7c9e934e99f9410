/** Says that no email is sent, and how to change that. */
export function NoEmailService() {
  return (
    <section className="notice notice--warn" aria-labelledby="no-email">
      <h2 id="no-email">No email service is set up</h2>
      <p>
        Order confirmations, sign-up links and other emails are not sent. They are kept under Emails. To send
        them, start the store with <code>RESEND_API_KEY</code> or <code>SMTP_URL</code>.
      </p>
    </section>
  )
}
