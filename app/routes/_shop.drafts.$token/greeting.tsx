import { useShop } from '#app/components/shop.ts'

/** Who prepared the order, what it takes to place it, and what staff wrote. */
export function Greeting({ message }: { message: string }) {
  const shop = useShop()
  return (
    <>
      <p className="checkout__lead">
        {shop?.name} prepared this order for you. Check your details, choose how to pay, and place it. Nothing
        is reserved until then.
      </p>
      {message && (
        <section className="notice" aria-label={`Message from ${shop?.name}`}>
          <p className="checkout__message" dir="auto">
            {message}
          </p>
        </section>
      )}
    </>
  )
}
