import { useState, useSyncExternalStore } from 'react'
import type { Picked } from './scope.ts'

/** The field that picked data goes to. */
export interface PickTarget {
  label: string
  insert(picked: Picked): void
}

/** Joins the data panel and the form: remembers which field had the focus last. */
export interface Picking {
  target(): PickTarget | null
  /** A field got the focus. */
  focus(target: PickTarget): void
  /** A field is gone. */
  release(target: PickTarget): void
  /** False when no field was focused yet. */
  insert(picked: Picked): boolean
  subscribe(listener: () => void): () => void
}

export function createPicking(): Picking {
  let current: PickTarget | null = null
  const listeners = new Set<() => void>()
  const become = (next: PickTarget | null) => {
    if (next === current) return
    current = next
    for (const listener of listeners) listener()
  }
  return {
    target: () => current,
    focus: become,
    release(target) {
      if (current === target) become(null)
    },
    insert(picked) {
      current?.insert(picked)
      return current !== null
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** One for a form and its data panel. */
export const usePicking = (): Picking => useState(createPicking)[0]

export const usePickTarget = (picking: Picking) => useSyncExternalStore(picking.subscribe, picking.target)
