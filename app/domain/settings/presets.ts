import { isInEu } from '#app/domain/pricing/tax.ts'
import { countryCodes, countryOfLocale } from '#app/domain/shipping/countries.ts'
import { isLocale, timeZones } from './regions.ts'

/** Currency, time zone and language that a new store starts with. */
export type Presets = { locale: string; currency: string; timeZone: string }

/** The presets for a browser's Accept-Language header; British English, euros and UTC when it names nothing known. */
export function presetsFor(acceptLanguage: string | null): Presets {
  const first = acceptLanguage?.split(/[,;]/)[0]?.trim() ?? ''
  if (!/^[a-z]{2,3}\b/i.test(first) || !isLocale(first))
    return { locale: 'en-GB', currency: 'EUR', timeZone: 'UTC' }
  const { language, region = '' } = new Intl.Locale(first).maximize()
  return {
    locale: `${language}-${region}`,
    currency: currencyOf(region),
    timeZone: timeZoneOf(region),
  }
}

/** Currencies of more than one country. */
const countriesByCurrency: Record<string, string> = {
  EUR: 'AD AT AX BE BG BL CY DE EE ES FI FR GF GP GR HR IE IT LT LU LV MC ME MF MQ MT NL PM PT RE SI SK SM VA XK YT',
  USD: 'AS BQ EC FM GU IO MH MP PR PW SV TC TL US VG VI',
  GBP: 'GB GG IM JE',
  AUD: 'AU CC CX KI NF NR TV',
  NZD: 'CK NU NZ PN TK',
  CHF: 'CH LI',
  DKK: 'DK FO GL',
  NOK: 'NO SJ BV',
  XAF: 'CF CG CM GA GQ TD',
  XOF: 'BF BJ CI GW ML NE SN TG',
  XPF: 'NC PF WF',
  XCD: 'AG AI DM GD KN LC MS VC',
  ILS: 'IL PS',
  MAD: 'EH MA',
}

/** One country each: its code and its currency. */
const currencyByCountry =
  'AE:AED AF:AFN AL:ALL AM:AMD AO:AOA AR:ARS AW:AWG AZ:AZN BA:BAM BB:BBD BD:BDT BH:BHD BI:BIF BM:BMD BN:BND BO:BOB BR:BRL BS:BSD BT:BTN BW:BWP BY:BYN BZ:BZD CA:CAD CD:CDF CL:CLP CN:CNY CO:COP CR:CRC CU:CUP CV:CVE CW:XCG CZ:CZK DJ:DJF DO:DOP DZ:DZD EG:EGP ER:ERN ET:ETB FJ:FJD FK:FKP GE:GEL GH:GHS GI:GIP GM:GMD GN:GNF GT:GTQ GY:GYD HK:HKD HN:HNL HT:HTG HU:HUF ID:IDR IN:INR IQ:IQD IR:IRR IS:ISK JM:JMD JO:JOD JP:JPY KE:KES KG:KGS KH:KHR KM:KMF KP:KPW KR:KRW KW:KWD KY:KYD KZ:KZT LA:LAK LB:LBP LK:LKR LR:LRD LS:LSL LY:LYD MD:MDL MG:MGA MK:MKD MM:MMK MN:MNT MO:MOP MR:MRU MU:MUR MV:MVR MW:MWK MX:MXN MY:MYR MZ:MZN NA:NAD NG:NGN NI:NIO NP:NPR OM:OMR PA:PAB PE:PEN PG:PGK PH:PHP PK:PKR PL:PLN PY:PYG QA:QAR RO:RON RS:RSD RU:RUB RW:RWF SA:SAR SB:SBD SC:SCR SD:SDG SE:SEK SG:SGD SH:SHP SL:SLE SO:SOS SR:SRD SS:SSP ST:STN SX:XCG SY:SYP SZ:SZL TH:THB TJ:TJS TM:TMT TN:TND TO:TOP TR:TRY TT:TTD TW:TWD TZ:TZS UA:UAH UG:UGX UY:UYU UZ:UZS VE:VES VN:VND VU:VUV WS:WST YE:YER ZA:ZAR ZM:ZMW ZW:USD'

/** A country's currency; the euro for a code that is no country. */
export function currencyOf(country: string): string {
  const own = new RegExp(`\\b${country}:(\\w{3})`).exec(currencyByCountry)?.[1]
  const shared = Object.entries(countriesByCurrency).find(([, codes]) => codes.split(' ').includes(country))
  return own ?? shared?.[0] ?? 'EUR'
}

/** The most populous time zone of countries with several. */
const mainZones =
  'America/New_York America/Toronto America/Sao_Paulo America/Mexico_City America/Santiago America/Buenos_Aires Australia/Sydney Pacific/Auckland Europe/Berlin Europe/Madrid Europe/Lisbon Europe/Moscow Europe/Kiev Asia/Shanghai Asia/Jakarta Asia/Almaty Asia/Tashkent Asia/Kuala_Lumpur Asia/Nicosia'.split(
    ' ',
  )

function timeZoneOf(country: string): string {
  const zones = zonesOf(country).filter((zone) => timeZones.includes(zone))
  return zones.find((zone) => mainZones.includes(zone)) ?? zones[0] ?? 'UTC'
}

/** Not in TypeScript's library yet. */
function zonesOf(country: string): string[] {
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & { getTimeZones?: () => string[] }
  return locale.getTimeZones?.() ?? []
}

/** Where a new store is, by its locale; empty when the locale names no country. */
export function storeCountryOf(locale: string): string {
  const country = countryOfLocale(locale) ?? ''
  return countryCodes.includes(country) ? country : ''
}

/** What the tax on sales is called in a country. */
export function taxLabelOf(country: string): string {
  if (isInEu(country) || country === 'GB') return 'VAT'
  if (['AU', 'NZ', 'IN', 'SG', 'CA'].includes(country)) return 'GST'
  return country === 'US' ? 'Sales tax' : 'Tax'
}
