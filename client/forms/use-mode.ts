import { useRef, useState } from 'react'
import type { Json } from '#nodes/kit/index.ts'
import type { FieldShape } from './field-shape.ts'
import { type Memory, type Mode, modeOf, switchMode } from './modes.ts'

interface Held {
  value: Json | undefined
  shape: FieldShape
  onChange: (value: Json | undefined) => void
}

/** Which side of a field is shown, and how to turn it; the other side's words are kept. */
export function useMode({ value, shape, onChange }: Held): [Mode, (mode: Mode) => void] {
  const natural = modeOf(value, shape)
  const [shown, setShown] = useState<Mode>(natural === 'either' ? 'fixed' : natural)
  const memory = useRef<Memory>({})
  const mode = natural === 'either' ? shown : natural
  // What is being written as an expression stays one while its text happens to read as words.
  if (mode !== shown) setShown(mode)
  const turn = (to: Mode) => {
    const next = switchMode(to, { value, shape, memory: memory.current, from: mode })
    memory.current = next.memory
    setShown(to)
    onChange(next.value)
  }
  return [mode, turn]
}
