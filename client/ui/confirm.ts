import { useSyncExternalStore } from 'react'

export interface Question {
  title: string
  body?: string
  /** Says what happens: “Delete workflow”. */
  action: string
  tone?: 'danger' | 'primary'
}

interface Asked extends Question {
  answer: (yes: boolean) => void
}

let asked: Asked | null = null
const listeners = new Set<() => void>()

function change(next: Asked | null) {
  asked = next
  for (const listener of listeners) listener()
}

/** Asks before something that is hard to undo: `if (await confirm({ title, action })) …`. */
export function confirm(question: Question): Promise<boolean> {
  asked?.answer(false)
  return new Promise((resolve) => {
    change({
      ...question,
      answer: (yes) => {
        change(null)
        resolve(yes)
      },
    })
  })
}

export function useQuestion() {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => asked,
  )
}
