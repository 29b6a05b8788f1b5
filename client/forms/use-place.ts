import { type RefObject, useEffect } from 'react'

/** Puts an expression where the cursor of a field is. */
export type Place = (expr: string) => void

/** Tells the field how its widget takes picked data; without it the data takes the value's place. */
export function usePlace(ref: RefObject<Place | null> | undefined, place: Place | null) {
  useEffect(() => {
    if (!ref) return
    ref.current = place
    return () => {
      ref.current = null
    }
  })
}
