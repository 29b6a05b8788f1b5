import { useMemo } from 'react'
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { useLocale } from 'use-intl'
import type { Bucket, Days } from './figures.ts'

export interface Series {
  key: 'succeeded' | 'failed' | 'cancelled' | 'costUsd'
  label: string
  /** A token of the palette: the same outcome has the same colour everywhere. */
  colour: `var(--${string})`
}

interface ChartProps {
  buckets: readonly Bucket[]
  days: Days
  series: readonly Series[]
  /** What the chart says, for who does not see it. */
  summary: string
  whenLabel: string
  write: (value: number) => string
  /** Values between whole numbers make sense. */
  fractions?: boolean
}

const axis = { stroke: 'var(--faint)', fontSize: 12, tickLine: false, axisLine: false } as const

/** Bars over time from zero, stacked, each told by its colour, its words and its place. */
export function Chart({ buckets, days, series, summary, whenLabel, write, fractions = false }: ChartProps) {
  const moment = useMoment(days)
  return (
    <figure aria-label={summary} className="m-0">
      <div aria-hidden className="h-52">
        <ResponsiveContainer width="100%" height="100%">
          <BarChart
            // What the eye sees only: the same figures are in the table below, for whoever listens.
            accessibilityLayer={false}
            data={[...buckets]}
            margin={{ top: 4, right: 0, bottom: 0, left: 0 }}
            barCategoryGap="18%"
          >
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis dataKey="at" tickFormatter={moment.short} minTickGap={28} {...axis} />
            <YAxis width={44} tickFormatter={write} allowDecimals={fractions} tickCount={4} {...axis} />
            <Tooltip
              cursor={{ fill: 'var(--hover)' }}
              isAnimationActive={false}
              content={({ active, payload, label }) =>
                active && payload?.length ? (
                  <div className="rounded-sm border border-line bg-raised px-3 py-2 text-sm shadow-float">
                    <p className="mb-1 text-muted">{moment.long(String(label))}</p>
                    {series.map(({ key, label: name, colour }) => (
                      <p key={key} className="flex items-center gap-2 tabular-nums">
                        <span className="size-2 rounded-xs" style={{ background: colour }} />
                        {name}
                        <span className="ml-auto pl-4 font-medium">
                          {write(Number(payload.find(({ dataKey }) => dataKey === key)?.value ?? 0))}
                        </span>
                      </p>
                    ))}
                  </div>
                ) : null
              }
            />
            {series.map(({ key, colour }) => (
              <Bar key={key} dataKey={key} stackId="all" fill={colour} isAnimationActive={false} />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
      <table className="sr-only">
        <caption>{summary}</caption>
        <thead>
          <tr>
            <th>{whenLabel}</th>
            {series.map(({ key, label }) => (
              <th key={key}>{label}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {buckets
            .filter((bucket) => series.some(({ key }) => bucket[key] > 0))
            .map((bucket) => (
              <tr key={bucket.at}>
                <td>{moment.long(bucket.at)}</td>
                {series.map(({ key }) => (
                  <td key={key}>{write(bucket[key])}</td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </figure>
  )
}

/** A bucket's moment, as short as its period allows. */
function useMoment(days: Days) {
  const locale = useLocale()
  return useMemo(() => {
    const short = new Intl.DateTimeFormat(
      locale,
      days === 1 ? { hour: '2-digit', minute: '2-digit' } : { day: 'numeric', month: 'short' },
    )
    const long = new Intl.DateTimeFormat(
      locale,
      days === 30 ? { dateStyle: 'medium' } : { dateStyle: 'medium', timeStyle: 'short' },
    )
    return {
      short: (at: string) => short.format(new Date(at)),
      long: (at: string) => long.format(new Date(at)),
    }
  }, [locale, days])
}
