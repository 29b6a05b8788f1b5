import { type ComponentType, createContext, useContext } from 'react'
import type { Json } from '#nodes/kit/index.ts'
import type { FieldShape } from './field-shape.ts'

export interface FieldProps {
  shape: FieldShape
  label: string
  path: string
  value: Json | undefined
  onChange: (value: Json | undefined) => void
  /** In a row: the label is only said, the toggle is one icon. */
  compact?: boolean
}

/** Fields hold fields: widgets get the field component from here, which would be an import cycle otherwise. */
const Context = createContext<ComponentType<FieldProps>>(() => null)

export const FieldRenderer = Context.Provider
export const useFieldComponent = () => useContext(Context)
