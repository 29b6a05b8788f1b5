import { createContext, useContext } from 'react'
import type { useT } from '../../lib/use-t.ts'
import type { CardWords } from '../node-words.ts'

export interface Drawing {
  /** Seen from so far away that words could not be read. */
  far: boolean
  words: CardWords
  t: ReturnType<typeof useT<'editor'>>
}

/** What all cards and threads share: made once, not by each of 500. */
export const DrawingContext = createContext<Drawing | null>(null)

export function useDrawing(): Drawing {
  const drawing = useContext(DrawingContext)
  if (!drawing) throw new Error('useDrawing needs a DrawingContext around it')
  return drawing
}
