import { clsx } from 'clsx'
import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'

export interface TabsProps<Value extends string> {
  label: string
  value: Value
  onChange: (value: Value) => void
  tabs: readonly { value: Value; label: string; badge?: ReactNode }[]
  className?: string
  listClassName?: string
  /** `TabPanel`s. */
  children?: ReactNode
}

export function Tabs<Value extends string>(props: TabsProps<Value>) {
  const { label, value, onChange, tabs, className, listClassName, children } = props
  const pick = (text: string) => {
    const tab = tabs.find((tab) => tab.value === text)
    if (tab) onChange(tab.value)
  }
  return (
    <Radix.Root value={value} onValueChange={pick} className={clsx('flex min-h-0 flex-col', className)}>
      <Radix.List
        aria-label={label}
        className={clsx('flex shrink-0 gap-4 overflow-x-auto border-line border-b px-3', listClassName)}
      >
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px flex h-9 items-center gap-1.5 whitespace-nowrap border-transparent border-b-2 px-0.5 font-medium text-muted text-sm outline-offset-[-2px] transition-colors duration-[120ms] hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink"
          >
            {tab.label}
            {tab.badge}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {children}
    </Radix.Root>
  )
}

export function TabPanel({
  value,
  className,
  children,
}: {
  value: string
  className?: string
  children: ReactNode
}) {
  return (
    <Radix.Content value={value} className={clsx('min-h-0 grow outline-offset-[-2px]', className)}>
      {children}
    </Radix.Content>
  )
}
