/**
 * The reference for the benchmarks: plain node:http and postgres.js, the same query, a template string. /page queries
 * the database each time; /static sends the page without a query; /remix is the least
 * that Remix takes for a page. Argument: database URL.
 */
import { createServer } from 'node:http'
import postgres from 'postgres'
import { remixApp } from './remix-app.ts'

const sql = postgres(process.argv[2]!, { max: 10, onnotice: () => {} })

const server = createServer((request, response) => {
  if (request.url === '/remix') return void remixApp(request, response)
  void answer(request.url ?? '/').then((html) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(html)
  })
})

async function answer(url: string): Promise<string> {
  if (url === '/static') return staticPage
  return page(await listProducts())
}

async function listProducts() {
  return sql`
    select p.id, p.handle, p.title, p.price_min, p.price_max,
      (select bool_or(not v.track_stock or v.allow_backorder or v.stock > 0) from variants v where v.product_id = p.id) as buyable,
      (select count(*) from products where status = 'active' and published_at <= now()) as total
    from products p
    where p.status = 'active' and p.published_at <= now()
    order by p.published_at desc, p.id
    limit 24`
}

function page(products: postgres.Row[]): string {
  const cards = products.map(
    (product) => `<li class="card"><a href="/products/${product.handle}"><h2>${product.title}</h2></a>
      <p>€${(Number(product.price_min) / 100).toFixed(2)}</p><p>${product.buyable ? 'In stock' : 'Sold out'}</p></li>`,
  )
  return `<!doctype html><html lang="en"><head><title>All products</title></head><body><h1>All products</h1>
    <p>${products[0]?.total ?? 0} products</p><ul>${cards.join('\n')}</ul></body></html>`
}

const staticPage = page(await listProducts())

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(typeof address === 'object' && address ? address.port : '')
})
process.on('SIGTERM', () => {
  server.close()
  server.closeAllConnections()
  void sql.end()
})
