import { useState } from 'react'

export interface Row<Value> {
  /** Stays with its row when rows move, so that a field keeps its focus and what it remembers. */
  id: number
  value: Value
}

/** A list edited row by row. */
export function useRows<Value>(list: readonly Value[], onChange: (list: Value[]) => void) {
  const [ids, setIds] = useState<number[]>(() => list.map((_, at) => at))
  const [next, setNext] = useState(list.length)
  const known = list.map((_, at) => ids[at] ?? next + at)
  const become = (rows: Row<Value>[]) => {
    setIds(rows.map((row) => row.id))
    setNext((id) => Math.max(id, ...rows.map((row) => row.id + 1)))
    onChange(rows.map((row) => row.value))
  }
  const rows = list.map((value, at): Row<Value> => ({ id: known[at] ?? at, value }))
  return {
    rows,
    add: (value: Value) => become([...rows, { id: Math.max(next, ...known.map((id) => id + 1)), value }]),
    remove: (at: number) => become(rows.filter((_, index) => index !== at)),
    change: (at: number, value: Value) =>
      become(rows.map((row, index) => (index === at ? { ...row, value } : row))),
    move(from: number, to: number) {
      const row = rows[from]
      if (!row || to < 0 || to >= rows.length || from === to) return
      const others = rows.filter((_, index) => index !== from)
      become([...others.slice(0, to), row, ...others.slice(to)])
    },
  }
}
