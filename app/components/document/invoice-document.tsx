import { useMoney, useShop } from '#app/components/shop.ts'
import { dateFormat } from '#app/domain/intl.ts'
import { invoiceName, seriesLabels } from '#app/domain/invoices/invoices.ts'
import type { Invoice } from '#app/domain/invoices/invoices.server.ts'
import { formatRate } from '#app/domain/taxes/tax-rate.ts'
import type { InvoiceContent } from '#db/schema/invoices.ts'
import { DocumentAddress, DocumentFacts, DocumentHead } from './document-page.tsx'

/** An invoice or a credit note as it was issued. */
export function InvoiceDocument({ invoice }: { invoice: Invoice }) {
  const day = useDay()
  const { content, series } = invoice
  const { customer, corrects } = content
  return (
    <>
      <DocumentHead seller={content.seller} title={`${seriesLabels[series]} ${invoiceName(invoice)}`}>
        {corrects && <p>For invoice {corrects.invoice}</p>}
      </DocumentHead>
      <div className="document__parties">
        <DocumentAddress title={series === 'invoice' ? 'Invoice to' : 'Credit to'} lines={customer.address} />
        <DocumentFacts
          facts={[
            ['Date of issue', day(invoice.issuedOn)],
            ['Date of supply', day(content.suppliedOn)],
            ['Order', content.orderName],
            ['Order date', day(content.orderedOn)],
            ['Your VAT number', customer.vatNumber],
            ['Reason', corrects?.reason ?? ''],
          ]}
        />
      </div>
      <Lines content={content} />
      <Totals invoice={invoice} />
      {content.note && (
        <p className="document__note" dir="auto">
          {content.note}
        </p>
      )}
      {content.lines.some(isRounded) && (
        <p className="document__note">Unit prices are rounded. The net amounts are exact.</p>
      )}
    </>
  )
}

type Line = InvoiceContent['lines'][number]

const isRounded = (line: Line) => line.quantity * line.unitPrice - line.discount !== line.net

function Lines({ content: { lines, taxLabel } }: { content: InvoiceContent }) {
  const money = useAmount()
  const hasDiscount = lines.some(({ discount }) => discount !== 0)
  return (
    <table className="document__lines">
      <caption className="visually-hidden">Items</caption>
      <thead>
        <tr>
          <th scope="col">Description</th>
          <th scope="col" className="document__minor">
            Quantity
          </th>
          <th scope="col" className="document__minor">
            Unit price
          </th>
          {hasDiscount && (
            <th scope="col" className="document__minor">
              Discount
            </th>
          )}
          <th scope="col" className="document__minor">
            {taxLabel}
          </th>
          <th scope="col">Net</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line, index) => (
          <tr key={index}>
            <th scope="row">
              <bdi>{line.description}</bdi>
              {line.sku && <small>{line.sku}</small>}
              <small className="document__small">
                {line.quantity} × {money(line.unitPrice)}
                {line.discount !== 0 && `, discount ${money(-line.discount)}`}, {taxLabel}{' '}
                {formatRate(line.rate)}
              </small>
            </th>
            <td className="document__minor">{line.quantity}</td>
            <td className="document__minor">{money(line.unitPrice)}</td>
            {hasDiscount && (
              <td className="document__minor">{line.discount === 0 ? '' : money(-line.discount)}</td>
            )}
            <td className="document__minor">{formatRate(line.rate)}</td>
            <td>{money(line.net)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The net and the tax of each rate, and what is left to pay. */
function Totals({ invoice: { series, content } }: { invoice: Invoice }) {
  const money = useAmount()
  const { rates, taxLabel, net, total, paid } = content
  return (
    <dl className="document__totals">
      <div>
        <dt>Net</dt>
        <dd>{money(net)}</dd>
      </div>
      {rates.map((one) => (
        <div key={one.rate}>
          <dt>
            {taxLabel} {formatRate(one.rate)} <span>on {money(one.net)}</span>
          </dt>
          <dd>{money(one.tax)}</dd>
        </div>
      ))}
      <div className="document__total">
        <dt>{series === 'invoice' ? 'Total' : 'Total credit'}</dt>
        <dd>{money(total)}</dd>
      </div>
      {series === 'invoice' && (
        <>
          {paid > 0 && (
            <div>
              <dt>Paid</dt>
              <dd>{money(paid)}</dd>
            </div>
          )}
          <div className="document__due">
            <dt>Amount due</dt>
            <dd>{money(total - paid)}</dd>
          </div>
        </>
      )}
    </dl>
  )
}

/** Amounts with a minus sign in front of the currency. */
function useAmount() {
  const money = useMoney()
  return (amount: number) => (amount < 0 ? `−${money(-amount)}` : money(amount))
}

/** An ISO date as text. */
function useDay() {
  const format = dateFormat(useShop()?.locale ?? 'en', { dateStyle: 'long', timeZone: 'UTC' })
  return (isoDate: string) => format.format(new Date(isoDate))
}
