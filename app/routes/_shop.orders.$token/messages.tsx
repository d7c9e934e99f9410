/** What the store wrote to the customer. */
export function Messages({ messages }: { messages: { id: number; text: string; on: string }[] }) {
  if (messages.length === 0) return null
  return (
    <section aria-labelledby="messages">
      <h2 id="messages">Messages from us</h2>
      <ul className="receipt__parts" role="list">
        {messages.map(({ id, text, on }) => (
          <li key={id}>
            <p className="receipt__bank" dir="auto">
              {text}
            </p>
            <p className="soft small">{on}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}
