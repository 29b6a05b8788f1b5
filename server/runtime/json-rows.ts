type Plain = string | number | boolean | null

/**
 * One row of a `json_to_recordset` parameter: its plain columns, and those whose value is JSON text already, which
 * goes in as it is. One parameter of JSON is cheaper than an array for each column, on both sides.
 */
export function jsonRow(
  plain: Readonly<Record<string, Plain>>,
  texts: Readonly<Record<string, string | null>> = {},
): string {
  let row = JSON.stringify(plain).slice(0, -1)
  for (const [name, text] of Object.entries(texts)) if (text !== null) row += `,"${name}":${text}`
  return `${row}}`
}

/** The whole parameter. */
export const jsonRows = (rows: readonly string[]): string => `[${rows.join(',')}]`
