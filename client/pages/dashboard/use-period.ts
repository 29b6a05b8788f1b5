import { useSearchParams } from 'react-router'
import { type Days, periods } from './figures.ts'

/** The period that is looked at; the address holds it. */
export function usePeriod(): [Days, (days: Days) => void] {
  const [query, setQuery] = useSearchParams()
  const days = periods.find((one) => String(one) === query.get('days')) ?? 7
  return [days, (next) => setQuery(next === 7 ? {} : { days: String(next) }, { replace: true })]
}
