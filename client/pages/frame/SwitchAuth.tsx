import type { ReactNode } from 'react'

/** Under a form: the other way in. */
export function SwitchAuth({ question, children }: { question: string; children: ReactNode }) {
  return (
    <p className="mt-6 flex flex-wrap gap-x-1.5 text-muted [&_a]:font-medium [&_a]:text-accent [&_a]:underline-offset-3 hover:[&_a]:underline">
      {question} {children}
    </p>
  )
}
