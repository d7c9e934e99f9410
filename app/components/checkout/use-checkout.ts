import { useFetcher } from '@remix-run/react'
import { useState } from 'react'

type Quoted<Quote> = { checkout: (Quote & { quotedAt: number }) | null }

/**
 * The totals to show: of the latest answer to the form, else those of the page. `update` asks for totals with what is
 * typed and with the value of one more button; it places nothing. `action` is where the form is sent.
 */
export function useCheckout<Quote, Answer extends Quoted<Quote>>(
  action: string,
  loaded: Quote & { quotedAt: number },
  answer: Answer | undefined,
) {
  const fetcher = useFetcher<Answer>({ key: 'checkout-totals' })
  const [methodId, chooseMethod] = useState<string | null>(null)
  const updated = fetcher.data as Answer | undefined
  const isUpdateNewer = (updated?.checkout?.quotedAt ?? 0) > (answer?.checkout?.quotedAt ?? 0)
  const latest = isUpdateNewer ? updated : answer
  const update = (form: HTMLFormElement, button: { name: string; value: string }) => {
    const data = new FormData(form)
    data.set(button.name, button.value)
    fetcher.submit(data, { method: 'post', action })
  }
  return {
    checkout: latest?.checkout ?? loaded,
    latest,
    update,
    methodId,
    chooseMethod,
  }
}
