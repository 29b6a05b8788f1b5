import { useRef, useState } from 'react'
import { type Fault, fillIn } from '#nodes/kit/fill-in.ts'
import type { JsonObject } from '#nodes/kit/json.ts'

const noFaults: ReadonlyMap<string, Fault> = new Map()

/** The answers to a form while they are given, held to the same rules as the server's. */
export function useFilling(schema: JsonObject) {
  const [values, setValues] = useState<JsonObject>({})
  const [files, setFiles] = useState<ReadonlyMap<string, File>>(new Map())
  const [faults, setFaults] = useState(noFaults)
  const box = useRef<HTMLFormElement>(null)
  const mend = (name: string) => {
    if (!faults.has(name)) return
    const others = new Map(faults)
    others.delete(name)
    setFaults(others)
  }
  const show = (found: ReadonlyMap<string, Fault>) => {
    setFaults(found)
    const [first] = found.keys()
    const place =
      first === undefined ? null : box.current?.querySelector(`[data-field="${CSS.escape(first)}"]`)
    place?.querySelector<HTMLElement>('input, textarea, select, button')?.focus()
  }
  return {
    box,
    values,
    files,
    faults,
    show,
    setValue: (name: string, value: string | boolean) => {
      setValues({ ...values, [name]: value })
      mend(name)
    },
    setFile: (name: string, file: File | null) => {
      const next = new Map(files)
      if (file) next.set(name, file)
      else next.delete(name)
      setFiles(next)
      mend(name)
    },
    /** Whether everything fits; shows what does not. */
    check: (): boolean => {
      const found = fillIn(schema, values, new Map([...files].map(([name]) => [name, unsent])))
      show(new Map(found.faults?.map(({ name, fault }) => [name, fault])))
      return found.faults === undefined
    },
    clear: () => {
      setValues({})
      setFiles(new Map())
      setFaults(noFaults)
    },
  }
}

const unsent = { file: '', name: '', type: '', size: 0 }
